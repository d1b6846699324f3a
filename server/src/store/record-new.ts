import type { Sql } from '@fanfare/db';
import { resolve } from '../domain/revision.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, RecordAnswer, RecordBatch } from '../parts.ts';
import { COLUMN_TYPES, toColumns } from './columns.ts';
import { insertMarks } from './delivery-marks.ts';
import { insertExcerpts, rowsOf } from './excerpts.ts';

const COLUMNS = Object.keys(COLUMN_TYPES).join(', ');
const ARRAYS = Object.values(COLUMN_TYPES)
  .map((type, i) => `$${i + 4}::text::${type}[]`)
  .join(', ');
const [KEYS, CHANGES, REFUSALS, EARLIEST] = ['$4', '$19', '$20', '$21'];

/**
 * The whole transaction of a batch of new engagements as one statement, one round trip. The brand's
 * row is locked first, so that the number of commits is that of the transaction before. Nothing at
 * all is written unless that number is the one given, no engagement of the batch was removed before
 * it came, and all lies in hours that are not folded yet; an engagement that is held already stops
 * the statement.
 */
const RECORD_NEW = `
  with locked as materialized (
    select commits, folded_until from brand where organisation_id = $1::int and id = $2::int for no key update),
  free as materialized (
    select 1 as one from locked where commits = $3::int8 and folded_until * 60 <= ${EARLIEST}::int and not exists (
      select from tombstone where organisation_id = $1::int and brand_id = $2::int
      and key = any(${KEYS}::text::uuid[]))),
  stepped as (
    update brand set commits = commits + 1 from free
    where organisation_id = $1::int and id = $2::int returning 1),
  added as (
    insert into engagement (organisation_id, brand_id, ${COLUMNS})
    select $1::int, $2::int, row.* from unnest(${ARRAYS}) as row where exists (select from free)),
  rolled as (
    insert into rollup as r
    select $1::int, $2::int, t.* from json_to_recordset(${CHANGES}::text::json)
      as t(minute int, network int2, kind int2, campaign text, language text,
           engagements int, positive int, neutral int, negative int)
    where exists (select from free) order by minute, network, kind, campaign, language
    on conflict (organisation_id, brand_id, minute, network, kind, campaign, language) do update set
      engagements = r.engagements + excluded.engagements, positive = r.positive + excluded.positive,
      neutral = r.neutral + excluded.neutral, negative = r.negative + excluded.negative),
  counted as (
    insert into refusal as r
    select $1::int, $2::int, t.* from json_to_recordset(${REFUSALS}::text::json)
      as t(minute int, network int2, reason int2, count int) where exists (select from free)
    on conflict (organisation_id, brand_id, minute, network, reason) do update set count = r.count + excluded.count)
  select count(*)::int as stepped from stepped`;

const IF_FREE = 'where exists (select from free)';

/** The same with excerpts of texts, with the deliveries it came in, and with both. */
const WITH_WORDS = also(RECORD_NEW, `kept as (${insertExcerpts(['$1', '$2', '$22'], IF_FREE)})`);
const WITH_MARKS = also(RECORD_NEW, `marked as (${insertMarks(['$1', '$2', '$22'], IF_FREE)})`);
const WITH_BOTH = also(WITH_WORDS, `marked as (${insertMarks(['$1', '$2', '$23'], IF_FREE)})`);

function also(statement: string, part: string): string {
  return statement.replace('\n  select count', (end) => `,\n  ${part}${end}`);
}

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
    ...[JSON.stringify(changes), JSON.stringify(refusals), earliest],
  ];
  const words = rowsOf(recorded, excerpts);
  const marked = marks.length > 0 ? JSON.stringify(marks) : null;
  const statement = words ? (marked ? WITH_BOTH : WITH_WORDS) : marked ? WITH_MARKS : RECORD_NEW;
  const all = [...parameters, ...(words ? [words] : []), ...(marked ? [marked] : [])];
  try {
    const [answer] = await sql.unsafe<{ stepped: number }[]>(statement, all, { prepare: true });
    return answer?.stepped === 1 ? { outcomes, recorded } : null;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === UNIQUE_VIOLATION) return null;
    throw fault;
  }
}
