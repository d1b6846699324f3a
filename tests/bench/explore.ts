import { Explored } from '@fanfare/server/domain/explore/explored.ts';
import { periodOf, type Period } from '@fanfare/server/domain/explore/period.ts';
import { BatchWriter } from '@fanfare/server/domain/explore/row-batch.ts';
import { QUARTER } from '@fanfare/server/domain/explore/shape.ts';
import { addDays } from '@fanfare/server/domain/local-day.ts';
import { readExploreRows } from '@fanfare/server/store/explore-rows.ts';
import type { ExploreFilter } from '@fanfare/contract';
import type { TestApp } from '../support/app.ts';
import { withApp } from '../support/drill-app.ts';
import { randomFrom } from '../support/random.ts';
import { median, percentile, table } from './support/numbers.ts';
import { Verdicts } from './support/verdicts.ts';

// Explore over 1 and 10 million engagements of 50,000 and 500,000 fans through 13 months: rows are made
// straight into the columns to time the answers, first ones and ones that were prepared, after a commit
// each; loading, and the same questions in SQL, are timed on a real PostgreSQL with fewer rows.
const SIZES = [
  [1_000_000, 50_000],
  [10_000_000, 500_000],
] as const;
const [DAYS, ROUNDS, K] = [[28, 91, 364] as const, 5, 10];
const [STORED, STORED_FANS] = [500_000, 25_000];
const MOST_MS = 300;
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');
const FIRST = Math.floor((NOW - 400 * DAY) / QUARTER);
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

const THREE: ExploreFilter[] = [
  { by: 'network', key: 'facebook', not: false },
  { by: 'kind', key: 'comment', not: false },
  { by: 'language', key: 'fr', not: false },
];
const ALL: ExploreFilter[] = [
  ...THREE,
  { by: 'campaign', key: 'campaign-1', not: false },
  { by: 'hour', key: '9', not: false },
];
const QUESTIONS: readonly (readonly [string, readonly ExploreFilter[]])[] = [
  ['no filter', []],
  ...ALL.map((filter) => [filter.by, [filter]] as const),
  ['2 filters', THREE.slice(0, 2)],
  ['3 filters', THREE],
  ['3 filters, 1 left out', [...THREE.slice(0, 2), { by: 'language', key: 'fr', not: true }]],
  ['campaign, language, hour', [ALL[3]!, ALL[2]!, ALL[4]!]],
];
const TODAY = { year: 2026, month: 11, day: 22 };
const periodsOf = (days: number, compared: boolean, last = TODAY): Period[] => [
  ...(compared ? [periodOf(addDays(last, days === 364 ? -7 : -days), days, 'Europe/Paris')] : []),
  periodOf(last, days, 'Europe/Paris'),
];
const verdicts = new Verdicts();
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Fill a brand straight into the columns. */
function filled(size: number, fans: number): Explored {
  const explored = new Explored(FIRST);
  let taken = 0;
  for (let rows = 0; rows < size; rows += 50_000) {
    const writer = new BatchWriter(50_000);
    for (let i = 0; i < 50_000; i++) writer.add(one(fans), 1);
    taken += timed(() => explored.load(writer.batch()));
  }
  const ordered = timed(() => explored.settle());
  const bytes = (explored.bytes.rows / size).toFixed(1);
  console.log(
    `${size} rows: ${bytes} bytes a row (14 more or less while loading); taken in ${(taken / 1_000).toFixed(1)} s, put in order ${(ordered / 1_000).toFixed(1)} s`,
  );
  return explored;
}

/** The least there is: one look at two columns of as many rows. */
function barePass(size: number): number {
  const [codes, quarters] = [new Uint8Array(size), new Uint16Array(size)];
  for (let i = 0; i < size; i++) [codes[i], quarters[i]] = [i & 63, i & 32_767];
  const places = new Int16Array(65_536).fill(1);
  const counts = new Uint32Array(256);
  const times = Array.from({ length: 5 }, () =>
    timed(() => {
      for (let i = 0; i < size; i++) if (places[quarters[i]!]! >= 0) counts[codes[i]!]!++;
    }),
  );
  return median(times);
}

for (const [size, fans] of SIZES) {
  const explored = filled(size, fans);
  const bare = barePass(size);
  console.log(`bare pass over two columns: ${bare.toFixed(1)} ms`);
  const ms = (time: number) => `${time.toFixed(0)} ms (${(time / bare).toFixed(1)} ×)`;
  const rows = [['days', 'question', 'rows in it', 'first', 'prepared p50', 'p95', 'compared p50', 'p95']];
  for (const days of DAYS) {
    // Days nobody has asked for: all is counted for the question.
    const firsts = QUESTIONS.map(([, filters], i) => {
      const last = addDays(TODAY, -1 - i);
      return timed(() => explored.ask(periodOf(last, days, 'Europe/Paris'), filters, K));
    });
    for (const period of periodsOf(days, true)) explored.ask(period, [], K);
    const prepared = timed(() => {
      while (explored.work()) continue;
    });
    console.log(`${days} days and those before: all tables counted in ${(prepared / 1_000).toFixed(1)} s`);
    QUESTIONS.forEach(([name, filters], i) => {
      let acts = 0;
      const [own, both] = [false, true].map((compared) => {
        const times: number[] = [];
        for (let round = 0; round < ROUNDS; round++) {
          // Nothing can be kept of the last answer.
          const writer = new BatchWriter(1);
          writer.add({ ...one(fans), occurredAt: NOW }, 1);
          explored.apply([writer.batch()]);
          times.push(
            timed(() => {
              for (const period of periodsOf(days, compared))
                acts = explored.ask(period, filters, K).total.engagements ?? 0;
            }),
          );
        }
        return { p50: median(times), p95: percentile(times, 0.95) };
      }) as [{ p50: number; p95: number }, { p50: number; p95: number }];
      rows.push([
        ...[String(days), name, String(acts), ms(firsts[i]!), ms(own.p50), ms(own.p95)],
        ...[ms(both.p50), ms(both.p95)],
      ]);
      const worst = Math.max(own.p95, both.p95);
      verdicts.say(
        worst <= MOST_MS,
        `${size} rows, ${days} days, ${name}: p95 ${worst.toFixed(0)} ms after a commit`,
      );
    });
  }
  console.log(table(rows));
  console.log(`tables: ${(explored.bytes.tables / 2 ** 20).toFixed(0)} MiB`);
  const change = Array.from({ length: 2_000 }, () => {
    const writer = new BatchWriter(1);
    writer.add({ ...one(fans), occurredAt: NOW }, 1);
    return writer.batch();
  });
  const took = timed(() => {
    for (const batch of change) explored.apply([batch]);
  });
  console.log(`one event more, in every table: ${((1_000 * took) / change.length).toFixed(0)} µs`);
}

// A real database, smaller.
async function stored(app: TestApp): Promise<void> {
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
  const small = new Explored(FIRST);
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
  for (const [name, filters] of QUESTIONS.filter((_, i) => [0, 1, 7].includes(i))) {
    const period = periodOf(TODAY, 28, 'Europe/Paris');
    const [from, to] = [period.edges[0]!, period.edges.at(-1)!];
    const where = sql`organisation_id = ${record.organisation} and brand_id = ${record.id}
    and occurred_at >= ${from} and occurred_at < ${to}
    ${filters.length > 0 ? sql`and network = 0` : sql``}
    ${filters.length > 1 ? sql`and kind = 1 and language = 'fr'` : sql``}`;
    const hour = sql`(occurred_at / 3600000) % 24`;
    const keys = [sql`network`, sql`kind`, sql`campaign`, sql`language`, hour, sql`occurred_at / 86400000`];
    const [slow, quick]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round++) {
      const a = performance.now();
      for (const key of keys)
        await sql`select ${key}, count(*), count(distinct fan) from engagement where ${where} group by 1`;
      slow.push(performance.now() - a);
      const b = performance.now();
      small.ask(period, filters, K);
      quick.push(performance.now() - b);
    }
    const [theirs, ours] = [median(slow), median(quick)];
    against.push([
      name,
      `${theirs.toFixed(0)} ms`,
      `${ours.toFixed(1)} ms`,
      `${(theirs / ours).toFixed(0)} ×`,
    ]);
  }
  console.log(table(against));
}
await withApp(stored, { clock: () => NOW });
verdicts.end();
