import { decide } from '../domain/rules/decide.ts';
import type { Attempt, DueHit, RuleHits } from '../domain/rules/port.ts';
import { payloadOf, type Telling } from '../domain/rules/words.ts';
import { POLICIES } from '../domain/sector/policy.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { BrandRecord, Clock } from '../parts.ts';

/** Sendings attempted in one turn. */
const AT_ONCE = 50;

/** What telling the brand's server needs. */
export interface DeliverParts {
  readonly hits: RuleHits;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
  readonly post: SignedPost;
  /** Where a fan of a brand says no. */
  readonly no: (brand: BrandRecord, fan: number) => Telling['no'];
}

/**
 * Attempt what is due, once. Everything is asked again right before: the switches, the consents, the
 * acts, the hour. Each carries the same id at every attempt, so that one that was sent just before the
 * process died is known again by its receiver.
 */
export async function deliverHits(parts: DeliverParts): Promise<void> {
  const { hits, clock, brands } = parts;
  const due = await hits.due(clock(), AT_ONCE);
  const known = brands();
  await Promise.all(
    due.map(async (hit) => {
      const { organisation, id } = hit.brand;
      const brand = known.find((one) => one.organisation === organisation && one.id === id);
      if (brand) await attempt(parts, brand, hit);
    }),
  );
}

async function attempt(parts: DeliverParts, brand: BrandRecord, hit: DueHit): Promise<void> {
  const { hits, clock, post } = parts;
  const asked = await hits.attempt(hit, clock());
  if (!asked.open) return;
  const now = clock();
  const { timeZone: zone, sector } = brand.body;
  const decision = decide(
    {
      ...{ rule: asked.rule, rev: hit.rev, at: hit.at, madeAt: hit.madeAt, facts: asked.facts, zone },
      stopped: asked.outgoing.stoppedAt !== null,
      proven: asked.outgoing.provenAt !== null,
      allowed: POLICIES[sector].outgoingRules,
    },
    now,
  );
  if (decision.do === 'stop') return hits.stop(hit, decision.why, now);
  if (decision.do === 'wait') return hits.hold(hit, decision.until);
  const sending = sendingOf(parts, brand, hit, asked);
  if (!sending) return hits.stop(hit, 'consent', now);
  const outcome = await post(sending.to, `rule_${hit.id}`, sending.payload, now).then(
    () => 'sent' as const,
    () => 'failed' as const,
  );
  await hits.settle(hit, outcome, clock());
}

function sendingOf(
  { no }: DeliverParts,
  brand: BrandRecord,
  { fan, at }: DueHit,
  { rule: record, outgoing: { webhook: url, key }, person, basis }: Attempt,
) {
  if (!record || !person || !basis || !url || !key) return null;
  const { id, rule } = record;
  return {
    to: { url, key },
    payload: payloadOf({ brand, id, rule, person, basis, at, no: no(brand, fan) }),
  };
}
