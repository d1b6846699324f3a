import type { Sql } from '@fanfare/db';
import { ChainWalk, type ChainCheck } from '../domain/chain.ts';
import { linkRecord } from '../domain/consents/chain.ts';
import type { BrandRef } from '../parts.ts';
import { recordsAfter } from './consent-records.ts';
import type { CheckProgress } from './queued-checks.ts';
import { inBrand } from './tenant.ts';

/** Records of one statement, read and hashed without a break: short, so that live frames go on. */
const CHUNK = 1_000;
/** Before every possible number: a record forged in front of the first is seen. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/**
 * Check the whole chain of a brand, each piece by a statement of its own: no length is too long for
 * the bound on a statement's time. Records are only ever added, so the end as it was at the start
 * holds throughout.
 * @param progress told after each piece; false ends the check, which then says `null`
 */
export async function checkConsents(
  sql: Sql,
  brand: BrandRef,
  progress: CheckProgress = () => true,
): Promise<ChainCheck | null> {
  const { organisation, id } = brand;
  const [end] = await inBrand(
    sql,
    brand,
    (tx) => tx<{ records: number; head: string; last: number }[]>`
    select consent_records as records, coalesce(encode(consent_head, 'hex'), '') as head,
      (select coalesce(max(n), 0) from consent_record where organisation_id = ${organisation} and brand_id = ${id})
        as last
    from brand where organisation_id = ${organisation} and id = ${id}`,
  );
  const { records, head, last } = end ?? { records: 0, head: '', last: 0 };
  const walk = new ChainWalk(linkRecord);
  for (let after = BEFORE_ALL; ;) {
    if (!progress(walk.checked, records)) return null;
    const links = await recordsAfter(sql, brand, after, last, CHUNK);
    if (!walk.step(links) || links.length < CHUNK) return walk.result({ records, head });
    after = links.at(-1)!.record.n;
  }
}
