import type { Transaction } from '@fanfare/db';
import type { BrandRef, ConsentBatch, FanActs } from '../parts.ts';
import type { Sealing } from './sealing.ts';
import type { FanVault, SealedIdentity } from './vault.ts';

/** What stands before evidence that is sealed; base64url follows. */
const MARK = 'sealed:';

/**
 * References of evidence, sealed under the keys of their fans. Records outlive an erasure, and a
 * reference may tell who somebody was: without the key it is noise, over which the chain still holds.
 */
export interface EvidenceVault {
  /** As it is stored; null for a fan who has no key. */
  readonly seal: (fan: number, evidence: string) => string | null;
  /** As it was given; what does not open stays as it is stored. */
  readonly open: (fan: number, stored: string) => string;
}

/** The evidence of some fans. @param fresh keys not stored yet */
export async function openEvidence(
  tx: Transaction,
  vault: FanVault,
  { organisation, id }: BrandRef,
  fans: readonly number[],
  fresh: ReadonlyMap<number, SealedIdentity> = new Map(),
): Promise<EvidenceVault> {
  const known = fans.filter((fan) => !fresh.has(fan));
  const keys = new Map([...fresh].map(([fan, { key }]) => [fan, key]));
  if (known.length > 0) {
    const rows = await tx<{ fan: number; key: string }[]>`
      select id as fan, encode(sealed_key, 'hex') as key from fan
      where organisation_id = ${organisation} and brand_id = ${id} and id = any(${known}::int[])
        and sealed_key is not null`;
    for (const { fan, key } of rows) keys.set(fan, key);
  }
  const opened = new Map<number, Sealing>();
  const sealingOf = (fan: number): Sealing | undefined => {
    const key = keys.get(fan);
    if (key !== undefined && !opened.has(fan)) opened.set(fan, vault.sealing(key));
    return opened.get(fan);
  };
  return {
    seal(fan, evidence) {
      const sealed = sealingOf(fan)?.seal(Buffer.from(evidence));
      return sealed ? MARK + Buffer.from(sealed).toString('base64url') : null;
    },
    open(fan, stored) {
      if (!stored.startsWith(MARK)) return stored;
      try {
        const sealed = Buffer.from(stored.slice(MARK.length), 'base64url');
        return Buffer.from(sealingOf(fan)!.open(sealed)).toString();
      } catch {
        return stored;
      }
    },
  };
}

/** The evidence of a batch; no key is read when it has none. */
export function evidenceOf(
  tx: Transaction,
  vault: FanVault,
  brand: BrandRef,
  { fans }: ConsentBatch,
  fresh: ReadonlyMap<number, SealedIdentity>,
): Promise<EvidenceVault> {
  const proven = fans.filter(({ acts }) => acts.some(({ evidence }) => evidence !== undefined));
  const numbers = proven.map(({ fan }) => fan);
  return openEvidence(tx, vault, brand, numbers, fresh);
}

/** Acts as they are stored: their evidence sealed. */
export function sealedActs(fans: readonly FanActs[], { seal }: EvidenceVault): FanActs[] {
  return fans.map((one) => {
    const acts = one.acts.map(({ evidence, ...act }) => {
      const sealed = evidence === undefined ? null : seal(one.fan, evidence);
      return sealed === null ? act : { ...act, evidence: sealed };
    });
    return { ...one, acts };
  });
}
