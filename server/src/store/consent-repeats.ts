import { PURPOSES, type ConsentBody, type Purpose } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import { expiryOf } from '../domain/consent.ts';
import type { BrandRef, ConsentBatch, FanActs } from '../parts.ts';
import type { EvidenceVault } from './evidence.ts';

/** What makes a record the same as another: everything its giver said. */
interface Said {
  readonly purpose: number;
  readonly granted: boolean;
  readonly at: number;
  readonly expires_at: number | null;
  readonly notice_version: string;
  readonly notice_locale: string;
  readonly method: string;
  readonly age: string;
  readonly evidence: string | null;
}

/**
 * The acts of a batch without those the ledger holds already, or that stand in the batch twice: a
 * record sent again changes nothing, and an import can be started again. Fans without any new act
 * stay, with no acts. An erasure is never a repeat.
 */
export async function withoutRepeats(
  tx: Transaction,
  brand: BrandRef,
  { fans, erase }: ConsentBatch,
  evidence: EvidenceVault,
): Promise<readonly FanActs[]> {
  if (erase.length > 0) return fans;
  const held = await heldOf(tx, brand, fans, evidence);
  return fans.map((one) => {
    const known = held.get(one.fan) ?? new Set<string>();
    return { ...one, acts: one.acts.flatMap((act) => newIn(act, known)) };
  });
}

/** The act with the purposes that `known` has not; they are known from now on. */
function newIn(act: ConsentBody, known: Set<string>): ConsentBody[] {
  const purposes = (Object.entries(act.purposes) as [Purpose, boolean][]).filter(([purpose, granted]) => {
    const key = keyOf(saidIn(act, purpose, granted));
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
  return purposes.length === 0 ? [] : [{ ...act, purposes: Object.fromEntries(purposes) }];
}

async function heldOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  fans: readonly FanActs[],
  { open }: EvidenceVault,
): Promise<Map<number, Set<string>>> {
  const held = new Map<number, Set<string>>();
  const known = fans.filter(({ fresh }) => !fresh).map(({ fan }) => fan);
  if (known.length === 0) return held;
  const instants = [...new Set(fans.flatMap(({ acts }) => acts.map(({ at }) => at)))];
  const rows = await tx<(Said & { fan: number })[]>`
    select fan, purpose, granted, at, expires_at, notice_version, notice_locale, method, age, evidence
    from consent_record where organisation_id = ${organisation} and brand_id = ${id}
      and fan = any(${known}::int[]) and at = any(${instants}::int8[])`;
  for (const row of rows) {
    const keys = held.get(row.fan) ?? new Set();
    const given = row.evidence === null ? null : open(row.fan, row.evidence);
    held.set(row.fan, keys.add(keyOf({ ...row, evidence: given })));
  }
  return held;
}

function saidIn(act: ConsentBody, purpose: Purpose, granted: boolean): Said {
  return {
    purpose: PURPOSES.indexOf(purpose),
    granted,
    at: act.at,
    expires_at: granted ? Math.min(expiryOf(act.at), act.expires ?? Number.POSITIVE_INFINITY) : null,
    notice_version: act.notice.version,
    notice_locale: act.notice.locale,
    method: act.method,
    age: act.age,
    evidence: act.evidence ?? null,
  };
}

function keyOf(said: Said): string {
  const { purpose, granted, at, expires_at, notice_version, notice_locale, method, age, evidence } = said;
  return JSON.stringify([
    purpose,
    granted,
    at,
    expires_at,
    notice_version,
    notice_locale,
    method,
    age,
    evidence,
  ]);
}
