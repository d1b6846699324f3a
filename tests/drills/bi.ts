import { setTimeout as sleep } from 'node:timers/promises';
import type { MadeBiAccess } from '@fanfare/contract';
import { createPool } from '@fanfare/db';
import { withApp } from '../support/drill-app.ts';

/**
 * Publishes a ledger of many engagements over 25 months to BI tools, and runs the documented queries as
 * one of them: how long the release takes, and how long each query. Rows are put into the ledger and the
 * rollups by SQL; everything after that is the real path. `pnpm drill bi [ENGAGEMENTS]`
 */
const HOUR = 3_600_000;
const LIMIT_MS = 1_000;
const CHUNK = 100_000;
const total = Number(process.argv[2] ?? 1_000_000);
const hours = 25 * 30 * 24;

const QUERIES: readonly string[] = [
  'select * from bi.engagement_hourly',
  'select * from bi.reach_daily order by day desc',
  `select date_trunc('month', day) as month, sum(engagements) from bi.engagement_hourly group by 1 order by 1`,
  'select hour_of_day, avg(engagements), avg(engagements_facebook) from bi.engagement_hourly group by 1 order by 1',
  `select r.day, r.active_fans, s.sentiment, i.influence_7_days, c.granted_measure from bi.reach_daily as r
   left join bi.sentiment_daily as s using (day) left join bi.influence_daily as i using (day)
   left join bi.consent_daily as c using (day) order by day`,
  'select day, active_fans, avg(active_fans) over (order by day rows 6 preceding) from bi.reach_daily',
  `select sum(engagements) from bi.engagement_hourly where hour_start >= now() - interval '7 days'`,
  'select * from bi.definitions',
];

await withApp(
  async (app) => {
    const slug = await app.makeBrand('big');
    const { organisation, id } = app.app.lines.find(slug)!.record;
    const { sql } = app.database;
    const last = Math.floor(Date.now() / HOUR);
    const first = last - hours;
    await sql.unsafe('set statement_timeout = 0');
    for (let from = 0; from < total; from += CHUNK) {
      await sql`
        insert into engagement (organisation_id, brand_id, key, rev, network, kind, fan, occurred_at, label, owner, id, object, reaction, campaign, language, model)
        select ${organisation}, ${id}, gen_random_uuid(), 0, n % 4, n % 3, (n * 7919) % 20000,
          ${first}::int8 * ${HOUR} + (n * ${hours}::int8 * ${HOUR} / ${total}), 1 + n % 3,
          case when n % 50 = 0 then (n * 31) % 20000 end, '', 'post-' || n % 500, '', '', 'fr', ''
        from generate_series(${from}::int8, ${Math.min(from + CHUNK, total) - 1}::int8) as n`;
    }
    await sql`
      insert into rollup_hour select organisation_id, brand_id, occurred_at / ${HOUR}, network, kind, campaign, language,
        count(*), count(*) filter (where label = 1), count(*) filter (where label = 2), count(*) filter (where label = 3)
      from engagement group by 1, 2, 3, 4, 5, 6, 7`;
    await sql`update brand set folded_until = ${last}, minutes_from = ${last * 60} where id = ${id}`;
    await sql.unsafe('analyze');
    console.log(`${total} engagements in the ledger, ${hours} hours`);
    const began = performance.now();
    const made = (await app.call('POST', `/brands/${slug}/bi/accesses`, { kind: 'role', name: 'Drill' }))
      .body as MadeBiAccess;
    const isDone = async () =>
      (await sql`select from release_cell where view = 'consent_daily' limit 1`).length > 0;
    let newest = 0;
    while (!(await isDone())) {
      if (newest === 0 && (await sql`select from release_cell limit 1`).length > 0)
        newest = performance.now() - began;
      await sleep(250);
    }
    const [{ cells } = { cells: 0 }] = await sql<
      { cells: number }[]
    >`select count(*) as cells from release_cell`;
    console.log(
      `released ${cells} rows in ${((performance.now() - began) / 1_000).toFixed(1)} s, the newest after ${(newest / 1_000).toFixed(1)} s`,
    );
    const url = new URL(app.database.url);
    [url.username, url.password] = [made.role!, made.secret];
    const tool = createPool(url.href, { max: 1 });
    let worst = 0;
    for (const query of QUERIES) {
      const rows = await tool.unsafe<Record<string, string>[]>(`explain (analyze) ${query}`);
      const text = rows.map((row) => row['QUERY PLAN']).join('\n');
      const took = Number(/Execution Time: ([\d.]+) ms/.exec(text)?.[1]);
      worst = Math.max(worst, took);
      console.log(`${took.toFixed(1).padStart(8)} ms  ${query.replaceAll(/\s+/g, ' ').slice(0, 110)}`);
    }
    await tool.end({ timeout: 1 });
    await app.call('DELETE', `/brands/${slug}/bi/accesses/${made.id}`);
    if (worst > LIMIT_MS) throw new Error(`${worst} ms; ${LIMIT_MS} are allowed`);
    console.log(`held: every query under ${worst.toFixed(0)} ms`);
  },
  { k: 10 },
);
