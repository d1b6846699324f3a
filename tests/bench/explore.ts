import { ask } from '@fanfare/server/domain/explore/ask.ts';
import { Columns } from '@fanfare/server/domain/explore/columns.ts';
import { periodOf, type Period } from '@fanfare/server/domain/explore/period.ts';
import { BatchWriter } from '@fanfare/server/domain/explore/row-batch.ts';
import { QUARTER } from '@fanfare/server/domain/explore/shape.ts';
import { readExploreRows } from '@fanfare/server/store/explore-rows.ts';
import type { ExploreFilter } from '@fanfare/contract';
import { startApp } from '../support/app.ts';
import { randomFrom } from '../support/random.ts';
import { median, percentile, table } from './support/numbers.ts';
import { Verdicts } from './support/verdicts.ts';

// Explore over 10,000,000 engagements of 500,000 fans through 13 months: rows are made straight into
// the columns to time the answers; loading, and the same questions in SQL, are timed on a real
// PostgreSQL with fewer rows.
const [ROWS, FANS, ROUNDS] = [10_000_000, 500_000, 9];
const [STORED, STORED_FANS] = [500_000, 25_000];
const MOST_MS = 300;
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');
const random = randomFrom(7);
const below = (n: number) => Math.floor(random() * n);
/** The smaller the more often. */
const skewed = (n: number) => Math.floor(n * random() ** 2);
const LANGUAGES = ['fr', 'en', 'de', 'es', 'it', 'nl', 'pt', ''];

const one = (fans: number) => {
  const fan = 1 + skewed(fans);
  return {
    ...{ fan, network: fan % 8, kind: skewed(9), occurredAt: NOW - below(364 * DAY) },
    campaign: below(3) > 0 ? '' : `campaign-${skewed(60)}`,
    language: LANGUAGES[below(5) > 0 ? fan % 2 : skewed(8)]!,
  };
};

const columns = new Columns(Math.floor((NOW - 400 * DAY) / QUARTER));
let made = 0;
for (let rows = 0; rows < ROWS; rows += 50_000) {
  const writer = new BatchWriter(50_000);
  for (let i = 0; i < 50_000; i++) writer.add(one(FANS), 1);
  const began = performance.now();
  columns.load(writer.batch());
  made += performance.now() - began;
}
const began = performance.now();
columns.settle();
const ordered = performance.now() - began;
console.log(
  `columns: ${ROWS} rows, ${(columns.bytes / ROWS).toFixed(1)} bytes a row (14 more or less while loading); taken in ${(made / 1_000).toFixed(1)} s, put in order ${(ordered / 1_000).toFixed(1)} s`,
);

const THREE: ExploreFilter[] = [
  { by: 'network', key: 'facebook', not: false },
  { by: 'kind', key: 'comment', not: false },
  { by: 'language', key: 'fr', not: true },
];
const QUESTIONS: readonly [string, ExploreFilter[], boolean][] = [
  ['no filter', [], false],
  ['1 filter', THREE.slice(0, 1), false],
  ['3 filters', THREE, false],
  ['no filter, compared', [], true],
  ['3 filters, compared', THREE, true],
];
const last = { year: 2026, month: 11, day: 22 };
const weekBefore = { year: 2026, month: 11, day: 15 };
const periods = (days: number, compared: boolean): Period[] => [
  periodOf(last, days, 'Europe/Paris'),
  ...(compared ? [periodOf(days === 364 ? weekBefore : { ...last, day: 22 - 7 }, days, 'Europe/Paris')] : []),
];

const verdicts = new Verdicts();
const rows = [['question', 'days', 'rows in it', 'p50', 'p95']];
for (const days of [28, 91, 364])
  for (const [name, filters, compared] of QUESTIONS) {
    const times: number[] = [];
    let acts = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      const told = periods(days, compared).map((period) => ask(columns, period, filters, 10));
      times.push(performance.now() - start);
      acts = told[0]!.total.engagements ?? 0;
    }
    const [p50, p95] = [median(times), percentile(times, 0.95)];
    rows.push([name, String(days), String(acts), `${p50.toFixed(0)} ms`, `${p95.toFixed(0)} ms`]);
    verdicts.say(p50 <= MOST_MS, `${name}, ${days} days: ${p50.toFixed(0)} ms, at most ${MOST_MS} ms`);
  }
console.log(table(rows));

// A real database, smaller.
const app = await startApp({ clock: () => NOW });
const brand = await app.makeBrand();
const { record } = app.app.lines.find(brand)!;
const { sql } = app.database;
await sql`insert into engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label,
    id, object, reaction, campaign, language, model)
  select ${record.organisation}::int, ${record.id}::int, gen_random_uuid(), 0, fan % 8, (9 * r * r)::int, fan, at, 0,
    '', '', '', case when c < 0.66 then '' else 'campaign-' || (60 * c)::int end,
    case when fan % 2 = 0 then 'fr' else 'en' end, ''
  from (select 1 + (${STORED_FANS} * random() ^ 2)::int as fan, random() as r, random() as c,
      ${NOW}::int8 - (random() * ${364 * DAY}::int8)::int8 as at from generate_series(1, ${STORED})) as t`;
await sql`analyze engagement`;
const small = new Columns(Math.floor((NOW - 400 * DAY) / QUARTER));
const reading = performance.now();
await readExploreRows(
  sql,
  record,
  0,
  () => undefined,
  (batch) => small.load(batch),
);
small.settle();
const read = performance.now() - reading;
console.log(
  `loading from PostgreSQL: ${STORED} rows in ${(read / 1_000).toFixed(1)} s, ${((1_000 * read) / STORED).toFixed(1)} µs a row`,
);
const against = [['question, 28 days', 'SQL', 'Explore', 'ratio']];
for (const [name, filters] of QUESTIONS.slice(0, 3)) {
  const period = periodOf(last, 28, 'Europe/Paris');
  const [from, to] = [period.edges[0]!, period.edges.at(-1)!];
  const where = sql`organisation_id = ${record.organisation} and brand_id = ${record.id}
    and occurred_at >= ${from} and occurred_at < ${to}
    ${filters.length > 0 ? sql`and network = 0` : sql``}
    ${filters.length > 1 ? sql`and kind = 1 and language <> 'fr'` : sql``}`;
  const hour = sql`(occurred_at / 3600000) % 24`;
  const keys = [sql`network`, sql`kind`, sql`campaign`, sql`language`, hour, sql`occurred_at / 86400000`];
  const [slow, quick]: [number[], number[]] = [[], []];
  for (let round = 0; round < 5; round++) {
    const a = performance.now();
    for (const key of keys)
      await sql`select ${key}, count(*), count(distinct fan) from engagement where ${where} group by 1`;
    slow.push(performance.now() - a);
    const b = performance.now();
    ask(small, period, filters, 10);
    quick.push(performance.now() - b);
  }
  const [theirs, ours] = [median(slow), median(quick)];
  against.push([name, `${theirs.toFixed(0)} ms`, `${ours.toFixed(1)} ms`, `${(theirs / ours).toFixed(0)} ×`]);
}
console.log(table(against));
await app.close();
verdicts.end();
