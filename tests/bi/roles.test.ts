// long: one server and one role, which is tried from every side.
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { History, MadeBiAccess } from '@fanfare/contract';
import { createPool, hardenCatalog, type Sql } from '@fanfare/db';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { tenancyFaults } from '../support/tenancy/catalog.ts';

const HOUR = 3_600_000;
const now = Date.now();
/** Whole hours of yesterday, so that nothing moves while it is looked at. */
const yesterday = now - (now % 86_400_000) - 86_400_000;

let app: TestApp;
let mine: MadeBiAccess;
let theirs: MadeBiAccess;
let sql: Sql;
const open: Sql[] = [];

function connect({ role, secret }: MadeBiAccess): Sql {
  const url = new URL(app.database.url);
  [url.username, url.password] = [role!, secret];
  const pool = createPool(url.href, { max: 1 });
  open.push(pool);
  return pool;
}

/** Code of the refusal of a statement, or the rows it gave. */
const attempt = (statement: string): Promise<unknown> =>
  sql.unsafe(statement).then(
    (rows) => rows,
    (fault: unknown) => (fault as { code?: string }).code ?? fault,
  );

/** So many fans who consent and comment in an hour of yesterday. */
async function fill(brand: string, hour: number, fans: number, network: string, from = 0): Promise<void> {
  const names = Array.from({ length: fans }, (_, i) => `fan-${network}-${from + i}`);
  const consents = names.map((fan) => consent(fan, yesterday - 96 * HOUR, { measure: true }, network));
  await app.call('POST', `/brands/${brand}/consents`, consents);
  const events = names.map((fan, i) => ({
    ...{ id: `${brand}-${hour}-${fan}`, network, kind: i % 2 ? 'comment' : 'share', fan, text: 'good' },
    occurredAt: new Date(yesterday + hour * HOUR + i).toISOString(),
  }));
  const { body } = await app.call('POST', `/brands/${brand}/events`, events);
  expect(body).toMatchObject({ counted: fans });
}

async function published(brand: string): Promise<void> {
  const { id } = app.app.lines.find(brand)!.record;
  // Consents are what a publication ends with.
  const look = async () => {
    const rows = await app.database
      .sql`select from release_cell where brand_id = ${id} and view = 'consent_daily'`;
    expect(rows.length).toBeGreaterThan(0);
  };
  await vi.waitFor(look, { timeout: 30_000, interval: 200 });
}

beforeAll(async () => {
  app = await startApp({ k: 10 });
  const admin = new URL(inject('databaseAdminUrl'));
  admin.pathname = new URL(app.database.url).pathname;
  const superuser = createPool(admin.href, { max: 1 });
  await hardenCatalog(superuser).finally(() => superuser.end({ timeout: 1 }));
  await app.makeBrand('maison');
  await app.makeBrand('other');
  await fill('maison', 3, 130, 'facebook');
  await fill('maison', 3, 75, 'instagram');
  await fill('maison', -21, 4, 'facebook');
  await fill('maison', 6, 60, 'facebook');
  await fill('maison', -44, 60, 'facebook');
  await fill('maison', -44, 7, 'threads');
  await fill('other', 3, 200, 'x');
  const make = async (brand: string): Promise<MadeBiAccess> => {
    const made = await app.call('POST', `/brands/${brand}/bi/accesses`, { kind: 'role', name: 'Metabase' });
    expect(made.status).toBe(201);
    return made.body;
  };
  [mine, theirs] = [await make('maison'), await make('other')];
  await published('maison');
  await published('other');
  sql = connect(mine);
});
afterAll(async () => {
  for (const pool of open) await pool.end({ timeout: 1 }).catch(() => undefined);
  for (const [brand, { id }] of [
    ['maison', mine],
    ['other', theirs],
  ] as const)
    await app.call('DELETE', `/brands/${brand}/bi/accesses/${id}`);
  await app.close();
});

describe('a role for BI tools', () => {
  it('reads the views of its own brand, with hidden cells empty and told', async () => {
    const rows =
      await sql`select * from bi.engagement_hourly where engagements > 0 or hidden_columns is not null order by hour_start`;
    expect(rows.map((row) => row['brand'] as string)).toEqual(rows.map(() => 'maison'));
    const at = (hour: number) =>
      rows.find((row) => (row['hour_start'] as Date).getTime() === yesterday + hour * HOUR)!;
    expect(at(3)).toMatchObject({
      engagements: 210,
      active_fans: 210,
      engagements_facebook: 130,
      engagements_instagram: 80,
    });
    // Sixty fans came in another hour, thirty of each kind: kinds are told of none.
    expect(at(3)['hidden_columns']).not.toMatch(/facebook|instagram/);
    expect(at(-21)).toMatchObject({ engagements: null, active_fans: null, engagements_facebook: null });
    expect(at(-44)).toMatchObject({ engagements: 70, engagements_facebook: null, engagements_threads: null });
    expect(at(-44)['hidden_columns']).toContain('engagements_threads');
    const foreign = await connect(theirs)`select distinct brand from bi.engagement_hourly`;
    expect(foreign).toEqual([{ brand: 'other' }]);
    expect(await sql`select definition from bi.definitions where definition = 'reach.active@1'`).toHaveLength(
      1,
    );
  });

  it('sees every number of the views within a step of the history that the team exports', async () => {
    const day = new Date(yesterday).toISOString();
    const end = new Date(yesterday + 24 * HOUR).toISOString();
    const history = (await app.call('GET', `/brands/maison/metrics.json?from=${day}&to=${end}`))
      .body as History;
    const rows = await sql<{ at: Date; engagements: number | null; active_fans: number | null }[]>`
      select hour_start as at, engagements, active_fans from bi.engagement_hourly`;
    let compared = 0;
    for (const { from, measures } of history.rows) {
      const row = rows.find(({ at }) => at.getTime() === Date.parse(from));
      if (row === undefined || row.engagements === null) continue;
      compared++;
      expect(Math.abs(Number(row.engagements) - measures['engagements@1']!.value!)).toBeLessThan(10);
      expect(Math.abs(Number(row.active_fans) - measures['reach.active@1']!.value!)).toBeLessThan(10);
    }
    expect(compared).toBeGreaterThan(10);
  });

  it('has columns that say what they mean, under plain names', async () => {
    const rows = await sql<{ name: string; said: string | null }[]>`
      select a.attname as name, col_description(a.attrelid, a.attnum) as said from pg_attribute as a
      join pg_class as c on c.oid = a.attrelid where c.relnamespace = 'bi'::regnamespace and a.attnum > 0`;
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ said }) => !said)).toEqual([]);
  });

  it('reads nothing below the views, whatever it tries', async () => {
    const tables = await app.database.sql<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
    for (const { name } of tables) {
      expect(await attempt(`select * from public."${name}" limit 1`), name).toBe('42501');
      expect(await attempt(`copy public."${name}" to stdout`), name).toBe('42501');
    }
    const refused: readonly string[] = [
      `set role fanfare_bi`,
      `set role fanfare_app`,
      `set role ${theirs.role!}`,
      `set session authorization ${theirs.role!}`,
      `select set_config('role', '${theirs.role!}', false)`,
      `begin read write; create temporary table t (n int)`,
      `rollback; create table bi.t (n int)`,
      `create table public.t (n int)`,
      `create schema mine`,
      `select lo_create(0)`,
      `select lo_from_bytea(0, 'x')`,
      `select pg_advisory_lock(4702958122)`,
      `select pg_try_advisory_lock(1)`,
      `select pg_notify('x', 'y')`,
      `select pg_read_file('/etc/passwd')`,
      `copy (select 1) to program 'true'`,
      `copy (select 1) to '/tmp/x'`,
      `select * from pg_authid`,
      `select pg_stat_get_live_tuples('pg_class'::regclass)`,
      `select pg_total_relation_size('pg_class'::regclass)`,
      `select * from public.record_new(1)`,
      `grant select on bi.reach_daily to public`,
      `alter role ${mine.role!} connection limit 99`,
      `insert into bi.reach_daily (brand) values ('x')`,
      `select query_to_xml('select * from public.fan', true, true, '')`,
    ];
    for (const statement of refused)
      expect(await attempt(statement), statement).toBeOneOf([
        '42501',
        '42883',
        '3F000',
        '25006',
        '55000',
        '25P02',
        '42704',
      ]);
    expect(await attempt('create extension dblink')).toBeOneOf(['42501', '0A000', '58P01', '25006']);
    await attempt('rollback');
  });

  it('sees no other brand and no hidden number through settings, joins, windows or functions that leak', async () => {
    const { organisation, id } = app.app.lines.find('other')!.record;
    for (const setting of [
      `set fanfare.organisation = ${organisation}`,
      `set fanfare.brand = ${id}`,
      `set fanfare.tenants = 'every'`,
      `set fanfare.known = 'x'`,
      'set default_transaction_read_only = off',
    ])
      await attempt(setting);
    await attempt('set row_security = off');
    expect(await attempt('select brand from bi.reach_daily')).toBe('42501');
    await attempt('reset row_security');
    const looks: readonly string[] = [
      'select brand from bi.engagement_hourly',
      'select a.brand from bi.reach_daily as a full join bi.sentiment_daily as b on true',
      'select max(brand) over () as brand from bi.consent_daily',
      'select brand from bi.engagement_hourly where 1 / (case when brand = $$other$$ then 0 else 1 end) = 1',
      'select brand from (select * from bi.reach_daily union all select * from bi.reach_daily) as t',
    ];
    for (const look of looks) {
      const rows = await attempt(look);
      expect(Array.isArray(rows), look).toBe(true);
      for (const row of rows as { brand: string | null }[]) expect(row.brand ?? 'maison').toBe('maison');
    }
    await attempt('reset all');
    // No sum over what is shown says what is hidden: hidden cells come as nothing, and in company.
    const [hour] = await sql<{ hidden: string; shown: number }[]>`
      select hidden_columns as hidden, num_nonnulls(engagements_facebook, engagements_threads, engagements_x) as shown
      from bi.engagement_hourly where hour_start = ${new Date(yesterday - 44 * HOUR)}`;
    expect(hour!.shown).toBe(0);
    expect(hour!.hidden.split(',').length).toBeGreaterThan(2);
    // Statistics of the tables below, and what other sessions ask, are not shown.
    expect(await attempt('select * from pg_stats where schemaname = $$public$$')).toHaveLength(0);
    expect(await attempt('select n_live_tup from pg_catalog.pg_stat_user_tables')).toBe('42501');
    const others = (await attempt('select query from pg_stat_activity where usename <> current_user')) as {
      query: string;
    }[];
    expect(others.every(({ query }) => query === '<insufficient privilege>' || query === '')).toBe(true);
    const names = await sql<{ name: string }[]>`select rolname as name from pg_roles`;
    expect(names.some(({ name }) => /maison|other/.test(name))).toBe(false);
  });

  it('is bounded in time and in sessions', async () => {
    const [set] = await sql<
      { config: string[] }[]
    >`select rolconfig as config from pg_roles where rolname = current_user`;
    for (const setting of [
      'statement_timeout=30s',
      'default_transaction_read_only=on',
      'temp_file_limit=256MB',
    ])
      expect(set!.config).toContain(setting);
    await expect(sql`create temporary table t (n int)`).rejects.toMatchObject({
      code: expect.toBeOneOf(['25006', '42501']) as string,
    });
    const more = Array.from({ length: 6 }, () => connect(mine));
    const tried = await Promise.allSettled(more.map((one) => one`select 1`));
    expect(tried.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    for (const one of more) await one.end({ timeout: 1 });
  });

  it('leaves the catalog as the tests of tenants want it', async () => {
    expect(await tenancyFaults(app.database.sql)).toEqual([]);
  });
});

describe('the gateway', () => {
  it('takes a withdrawal back from what was published, by the rule of public surfaces', async () => {
    const shown = async () =>
      (
        await sql<
          { n: number }[]
        >`select active_fans as n from bi.engagement_hourly where hour_start = ${new Date(yesterday + 3 * HOUR)}`
      )[0]!.n;
    expect(await shown()).toBe(210);
    for (let i = 0; i < 30; i++)
      await app.call('POST', '/brands/maison/fans/withdraw', {
        network: 'facebook',
        fan: `fan-facebook-${100 + i}`,
      });
    await expect.poll(shown, { timeout: 20_000, interval: 250 }).toBeOneOf([170, 180]);
  });

  it('ends a role at once', async () => {
    const made = (await app.call('POST', '/brands/maison/bi/accesses', { kind: 'role', name: 'Gone' }))
      .body as MadeBiAccess;
    const pool = connect(made);
    expect((await pool`select 1 as one`)[0]).toEqual({ one: 1 });
    const listed = (await app.call('GET', '/brands/maison/bi')).body as { accesses: { id: string }[] };
    expect(listed.accesses.map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(listed)).not.toContain(made.secret);
    expect((await app.call('DELETE', `/brands/maison/bi/accesses/${made.id}`)).status).toBe(204);
    await expect(pool`select count(*) from bi.reach_daily`).rejects.toBeDefined();
    const [left] = await app.database.sql`select from pg_roles where rolname = ${made.role}`;
    expect(left).toBeUndefined();
  });

  it('makes and ends several roles at the same time', async () => {
    const path = '/brands/other/bi/accesses';
    const names = Array.from({ length: 8 }, (_, i) => `Tool ${i}`);
    const made = await Promise.all(names.map((name) => app.call('POST', path, { kind: 'role', name })));
    expect(made.map(({ status }) => status)).toEqual(names.map(() => 201));
    const ids = made.map(({ body }) => (body as MadeBiAccess).id);
    const ended = await Promise.all(ids.map((id) => app.call('DELETE', `${path}/${id}`)));
    expect(ended.map(({ status }) => status)).toEqual(names.map(() => 204));
  });

  it('gives a key the same rows as CSV, until it is ended', async () => {
    const made = (await app.call('POST', '/brands/maison/bi/accesses', { kind: 'key', name: 'Sheets' }))
      .body as MadeBiAccess;
    const address = new URL(made.secret);
    const path = `${app.url}${address.pathname}`.replace('VIEW', 'engagement_hourly');
    const answer = await fetch(path);
    expect(answer.status).toBe(200);
    const lines = (await answer.text()).trim().split('\r\n');
    const [{ n } = { n: 0 }] = await sql<{ n: number }[]>`select count(*) as n from bi.engagement_hourly`;
    expect(lines).toHaveLength(n + 1);
    expect((await fetch(path.replace('engagement_hourly', 'fan'))).status).toBe(404);
    expect((await app.call('DELETE', `/brands/maison/bi/accesses/${made.id}`)).status).toBe(204);
    expect((await fetch(path)).status).toBe(404);
  });
});
