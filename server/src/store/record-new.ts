import type { Sql } from '@fanfare/db';
import { resolve } from '../domain/revision.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, RecordAnswer, RecordBatch } from '../parts.ts';
import { toColumns } from './columns.ts';
import { rowsOf } from './excerpts.ts';

const PLACES = Array.from({ length: 23 }, (_, i) => `$${i + 1}`);

/**
 * One statement, one round trip: a function of the database, as the tenant must be set before the
 * rest is looked at (`db/migrations/0012_record_new.sql`, where it is told what it does).
 */
const RECORD_NEW = `select record_new(${PLACES.join(', ')}) as stepped`;

/** A minute after all others that fits in a column. */
const NEVER = 2 ** 31 - 1;
const UNIQUE_VIOLATION = '23505';

/**
 * Record a batch all of whose engagements are new. `null`, with nothing written, when it is not, or
 * when the brand has other commits than the batch says: the long way then finds out which.
 */
export async function recordNew(
  sql: Sql,
  tally: Tally,
  { organisation, id }: BrandRef,
  { statements, refusals, commits, excerpts = null, marks = [] }: RecordBatch,
): Promise<RecordAnswer | null> {
  const { outcomes, recorded, tombstones } = resolve(statements, new Map());
  if (tombstones.size > 0) return null;
  const rows = recorded.flatMap(({ after }) => after ?? []);
  const changes = tally(recorded);
  const earliest = [...changes, ...refusals].reduce((first, { minute }) => Math.min(first, minute), NEVER);
  const parameters = [
    ...[organisation, id, commits],
    ...toColumns(rows),
    ...[JSON.stringify(changes), JSON.stringify(refusals), earliest, rowsOf(recorded, excerpts)],
    marks.length > 0 ? JSON.stringify(marks) : null,
  ];
  try {
    const [answer] = await sql.unsafe<{ stepped: boolean }[]>(RECORD_NEW, parameters, { prepare: true });
    return answer?.stepped === true ? { outcomes, recorded } : null;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === UNIQUE_VIOLATION) return null;
    throw fault;
  }
}
