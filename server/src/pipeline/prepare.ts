import type { EventBody } from '@fanfare/contract';
import type { ConsentRegistry } from '../domain/consents/registry.ts';
import { minuteOf, networkCode } from '../domain/engagement.ts';
import type { Seal, SealedExcerpts } from '../domain/excerpts/excerpt.ts';
import type { Pseudonyms } from '../domain/pseudonym.ts';
import { revisionOf, type Outcome, type Statement } from '../domain/revision.ts';
import type { SealedCase } from '../domain/sector/case.ts';
import type { BrandSector } from '../domain/sector/sector.ts';
import type { EventCounts, Labeller, RefusalCount } from '../parts.ts';
import { REASONS, isRefusal, type Gate, type Reason, type admit } from './admit.ts';
import { isQuarantine, type Cleared, type clear } from './clear.ts';
import { excerptsOf } from './excerpt.ts';
import { noteText } from './note-text.ts';
import { label } from './label.ts';
import { statedCase } from './stated-case.ts';

/** The pure rooms a batch passes; a test may put a faulty one in and see a law fail. */
export interface Rooms {
  readonly admit: typeof admit;
  readonly clear: typeof clear;
}

export interface PrepareContext {
  readonly rooms: Rooms;
  readonly labeller: Labeller;
  readonly sector: BrandSector;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly seal: Seal;
  /** By request: was all of it told before? Its refusals are counted already then. */
  readonly again: readonly boolean[];
}

/** A batch that has passed gate, policy and labels, ready for the ledger. */
export interface Prepared {
  readonly statements: readonly Statement[];
  readonly refusals: readonly RefusalCount[];
  readonly excerpts: SealedExcerpts | null;
  /** Reports of adverse events, sealed. */
  readonly cases: readonly SealedCase[];
  /** One per request of the batch; complete after `settle`. */
  readonly counts: readonly EventCounts[];
  /** Who consented when it passed the gate; another registry since then means it must pass again. */
  readonly consents: ConsentRegistry;
  /** Add what the ledger said of the statements. */
  readonly settle: (outcomes: readonly Outcome[]) => void;
}

/** No fan: the engagement is no report of theirs. */
const NOBODY = -1;

/** admit → clear → label over one batch of requests. Nothing refused or withheld leaves here. */
export async function prepare(
  requests: readonly (readonly EventBody[])[],
  { rooms, labeller, sector, now, seal, again }: PrepareContext,
  consents: ConsentRegistry,
  names: Pseudonyms,
): Promise<Prepared> {
  const adultsOnly = sector.clearing.policy.youngest === '18+';
  const gate = gateOf(consents, names, adultsOnly);
  const counts = requests.map((): EventCounts => ({ counted: 0, duplicate: 0, refused: 0, quarantined: 0 }));
  const refusals = new Map<string, { minute: number; network: number; reason: number; count: number }>();
  const passed: { request: number; cleared: Cleared | null; event: EventBody; reportOf: number }[] = [];
  requests.forEach((events, request) => {
    for (const event of events) {
      if (event.verb === 'remove') {
        if (isStranger(event, gate, now)) counts[request]!.refused++;
        else passed.push({ request, cleared: null, event, reportOf: NOBODY });
        continue;
      }
      const result = rooms.admit(event, gate, now);
      if (isRefusal(result)) {
        counts[request]!.refused++;
        if (!again[request]) refuse(refusals, event, result.refused);
        continue;
      }
      const cleared = rooms.clear(result, sector.clearing);
      if (event.text) noteText(event, cleared, sector);
      if (isRefusal(cleared)) {
        counts[request]!.refused++;
        if (!again[request]) refuse(refusals, event, cleared.refused);
      } else if (isQuarantine(cleared)) passed.push({ request, cleared: null, event, reportOf: result.fan });
      else passed.push({ request, cleared, event, reportOf: NOBODY });
    }
  });
  const toLabel = passed.flatMap(({ cleared }) => (cleared ? [cleared] : []));
  const labelled = await label(toLabel, labeller, names.event);
  const excerpts = await excerptsOf(toLabel, labelled, consents, now, seal);
  let next = 0;
  const statements = passed.map(({ cleared, event, reportOf }): Statement => {
    const after = cleared ? labelled[next++]! : null;
    const key = after?.key ?? names.event(event.network, event.id);
    const rev = revisionOf(event);
    return reportOf === NOBODY ? { key, rev, after } : { key, rev, after, withheld: true };
  });
  const cases = passed.flatMap(({ event, reportOf }, i) =>
    reportOf === NOBODY ? [] : statedCase(statements[i]!, event, reportOf, now),
  );
  return {
    statements,
    cases: cases.length > 0 ? await sector.seal(cases) : [],
    refusals: [...refusals.values()],
    excerpts,
    counts,
    consents,
    settle: (outcomes) => outcomes.forEach((outcome, i) => counts[passed[i]!.request]![outcome]++),
  };
}

/** A removal that names someone who does not consent: nothing of theirs can be held. */
function isStranger({ network, fan }: EventBody, gate: Gate, now: number): boolean {
  if (fan === undefined) return false;
  const known = gate.find(network, fan);
  return known < 0 || !gate.consents(known, now);
}

/** An edit says nothing new happened: additions alone count for coverage. */
function refuse(
  refusals: Map<string, { minute: number; network: number; reason: number; count: number }>,
  { verb, network, occurredAt }: EventBody,
  reason: Reason,
): void {
  if (verb !== 'add') return;
  const minute = minuteOf(occurredAt);
  const key = `${minute},${network},${reason}`;
  const held = refusals.get(key);
  if (held) held.count++;
  else
    refusals.set(key, { minute, network: networkCode(network), reason: REASONS.indexOf(reason), count: 1 });
}

function gateOf(consents: ConsentRegistry, names: Pseudonyms, adultsOnly: boolean): Gate {
  return {
    find: (network, id) => consents.find(names.person(network, id)),
    measures: (fan, at, now) => consents.measures(fan, at, now),
    consents: (fan, now) => consents.consents(fan, now),
    influences: (fan, at, now) => consents.influences(fan, at, now),
    tooYoung: (fan) => adultsOnly && consents.isYoung(fan),
  };
}
