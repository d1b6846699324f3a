import { noErasures, testVault } from '../../support/vault.ts';
import { createPool, type Sql } from '@fanfare/db';
import type { Board } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { createLedger } from '@fanfare/server/store/ledger.ts';
import { makeBrand } from './api.ts';
import { fillEvents } from './fill.ts';
import { grouped, median } from './numbers.ts';
import type { Verdicts } from './verdicts.ts';

const ROWS = 1_000_000;
const FANS = 100_000;
const DAY_MS = 86_400_000;
const HEADING = { brand: 'million', epoch: 'e', seq: 0, demonstration: false };

/** Compare reading the 24 h board from the live counts with the SQL that gives the same numbers. */
export async function compareBoard(url: string, databaseUrl: string, verdicts: Verdicts): Promise<void> {
  const sql = createPool(databaseUrl, { max: 1, statementTimeoutMs: 0, tenants: 'every' });
  await compare(url, sql, verdicts).finally(() => sql.end({ timeout: 5 }));
}

async function compare(url: string, sql: Sql, verdicts: Verdicts): Promise<void> {
  await makeBrand(url, 'million');
  const [brand] = await sql<{ id: number }[]>`select id from brand where slug = 'million'`;
  const id = brand!.id;
  const now = Date.now();
  await fillEvents(sql, id, ROWS, FANS, now);
  await sql`analyze engagement`;
  const counts = new BrandWindows(now);
  await createLedger(sql, tally, testVault, noErasures).engagements(
    { organisation: 1, id },
    now - 30 * DAY_MS,
    (row) => counts.record(null, row),
  );
  const read = (): Board =>
    release(readBoard(counts, '24h', now, FANS, 10), HEADING, { audience: 'team', k: 10 });
  const from = counts.starts[2]! * 60_000;
  const sqlMs = median(await timesOf(3, () => boardBySql(sql, id, from)));
  const boardMs = median(await timesOf(200, read));
  const textMs = median(await timesOf(200, () => JSON.stringify(read())));
  const { active, engagements } = (await boardBySql(sql, id, from)).totals;
  const board = read();
  const same =
    board.measures['engagements@1']?.value === engagements &&
    board.measures['reach.active@1']?.value === active;
  console.log(
    `24 h board over ${grouped(ROWS)} rows: SQL ${sqlMs.toFixed(0)} ms, live counts ${boardMs.toFixed(2)} ms ` +
      `(${textMs.toFixed(2)} ms with its JSON)`,
  );
  verdicts.say(same, 'both give the same engagements and distinct fans');
  verdicts.say(
    sqlMs / boardMs >= 500,
    `a board is ${grouped(sqlMs / boardMs)} × cheaper than its SQL (at least 500)`,
  );
}

/** The measures, breakdowns, series and objects of one window, as one would ask a database for them. */
async function boardBySql(
  sql: Sql,
  brand: number,
  from: number,
): Promise<{ totals: { engagements: number; active: number } }> {
  const held = sql`organisation_id = 1 and brand_id = ${brand} and occurred_at >= ${from}`;
  const [totals] = await sql<{ engagements: number; active: number }[]>`
    select count(*) as engagements, count(distinct fan) as active from engagement where ${held}`;
  for (const dimension of ['network', 'kind', 'campaign', 'language', 'reaction', 'object']) {
    await sql`
      select ${sql(dimension)}, count(*), count(distinct fan) from engagement where ${held}
      group by 1 order by 2 desc limit 40`;
  }
  await sql`
    select avg(x), stddev_samp(x), count(*), sum(p), sum(n), sum(t) from (
      select sum(case label when 1 then 1 when 3 then -1 else 0 end)::float / count(*) as x, count(*) as t,
        count(*) filter (where label = 1) as p, count(*) filter (where label = 3) as n
      from engagement where ${held} and label between 1 and 3 group by fan) as fans`;
  await sql`
    select sum(followers), count(*) from (
      select distinct on (fan) fan, followers from engagement where ${held} and followers is not null
        and fan in (select fan from engagement where ${held} and kind in (2, 3, 4))
      order by fan, occurred_at desc, id desc) as latest`;
  await sql`
    select sum(w * 2 ^ (-(${from}::int8 + ${DAY_MS} - minute * 60000) / 604800000.0)), count(*) from (
      select case kind when 0 then 1 when 1 then 2 else 3 end as w, min(occurred_at / 60000) as minute
      from engagement where ${held} and owner is not null and owner <> fan and kind <= 4
      group by owner, fan, object, kind) as credits`;
  await sql`
    select occurred_at / 60000, count(*), count(distinct fan), count(*) filter (where label = 1),
      count(*) filter (where label = 3), count(distinct fan) filter (where label > 0)
    from engagement where ${held} group by 1 order by 1`;
  return { totals: totals! };
}

/** Milliseconds of each of `rounds` runs. */
async function timesOf(rounds: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times;
}
