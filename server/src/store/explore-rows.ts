import type { Sql, Transaction } from '@fanfare/db';
import { BatchWriter, type RowBatch } from '../domain/explore/row-batch.ts';
import type { BrandRef } from '../parts.ts';
import { edgesSeen } from './hours.ts';
import { inBrand } from './tenant.ts';

/** Rows fetched at once, and handed over at once. */
const [CHUNK, BATCH] = [5_000, 40_000];
const HOUR = 3_600_000;

interface Row {
  fan: number;
  network: number;
  kind: number;
  occurred_at: number;
  campaign: string;
  language: string;
}

/**
 * Read what Explore holds of a brand's engagements, in constant memory, all as of one instant.
 * @param since milliseconds @param begin told the number of commits that instant has seen, and about
 * how many rows there are, by the rollups
 */
export function readExploreRows(
  sql: Sql,
  brand: BrandRef,
  since: number,
  begin: (commits: number, rows: number) => void,
  each: (batch: RowBatch) => void,
): Promise<void> {
  const read = async (tx: Transaction): Promise<void> => {
    const { commits, foldedUntil } = await edgesSeen(tx, brand);
    const [sum] = await tx<{ rows: number }[]>`
      select ((select coalesce(sum(engagements), 0) from rollup_hour
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
            and hour >= ${Math.floor(since / HOUR)} and hour < ${foldedUntil})
        + (select coalesce(sum(engagements), 0) from rollup
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
            and minute >= ${foldedUntil * 60}))::float8 as rows`;
    begin(commits, sum?.rows ?? 0);
    await tx`declare explored no scroll cursor for
      select fan, network, kind, occurred_at, campaign, language from engagement
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and occurred_at >= ${since}`;
    let writer = new BatchWriter(BATCH);
    for (let size = CHUNK; size === CHUNK;) {
      const rows = await tx.unsafe<Row[]>(`fetch ${CHUNK} from explored`, [], { prepare: true });
      size = rows.length;
      for (const { occurred_at: occurredAt, ...row } of rows) {
        writer.add({ ...row, occurredAt }, 1);
        if (!writer.full) continue;
        each(writer.batch());
        writer = new BatchWriter(BATCH);
      }
    }
    if (writer.size > 0) each(writer.batch());
  };
  return inBrand(sql, brand, read, 'snapshot');
}
