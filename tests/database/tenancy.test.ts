import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createPool, migrate, openDatabase, type Sql, type Transaction } from '@fanfare/db';
import { inBrand, inOrganisation } from '@fanfare/server/store/tenant.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { tenancyFaults, tenantTables } from '../support/tenancy/catalog.ts';
import { fillTable } from '../support/tenancy/fill.ts';

/** One brand of one organisation, another of the same, and one of another organisation. */
const [A, SISTER, B] = [
  { organisation: 1, id: 1 },
  { organisation: 1, id: 2 },
  { organisation: 2, id: 3 },
];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

describe('the catalog', () => {
  it('has nothing that would let one tenant see or touch another', async () => {
    expect(await tenancyFaults(test.sql)).toEqual([]);
  });

  it('is seen to have it, were it there', async () => {
    const planted = await testDatabase();
    const { sql } = planted;
    await sql`create table bare (organisation_id int not null, brand_id int not null, n int primary key)`;
    await sql`create table stray (n int)`;
    await sql`create table loose (organisation_id int not null, brand_id int not null, n int,
      primary key (organisation_id, n))`;
    await sql`alter table loose enable row level security, force row level security`;
    await sql`create policy everybody on loose using (organisation_id = 1)`;
    await sql`alter table fan no force row level security`;
    await sql`create view counted as select count(*) as n from engagement`;
    await sql`create view bound with (security_invoker = true) as select count(*) as n from engagement`;
    await sql`create function owners() returns bigint language sql security definer as 'select count(*) from fan'`;
    await sql`grant truncate on engagement to fanfare_app`;
    expect(await tenancyFaults(sql)).toEqual([
      'bare: row-level security is not enabled and forced',
      'bare: the key bare_pkey does not begin with the tenant',
      "counted: the view reads with its owner's rights",
      'engagement: the application may TRUNCATE',
      'fan: row-level security is not enabled and forced',
      'loose: a policy does not ask for the tenant',
      'loose: the key loose_pkey does not begin with the tenant',
      "owners: the function runs with its owner's rights",
      'stray: carries no tenant',
    ]);
    // A start puts right what it can; keys, views and functions are for people.
    await migrate(sql);
    expect(await tenancyFaults(sql)).toEqual([
      'bare: the key bare_pkey does not begin with the tenant',
      "counted: the view reads with its owner's rights",
      'loose: the key loose_pkey does not begin with the tenant',
      "owners: the function runs with its owner's rights",
      'stray: carries no tenant',
    ]);
    await planted.drop();
  });
});

describe('row-level security', () => {
  const counts = (sql: Sql, table: string) =>
    sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`.then(([row]) => row!.n);

  beforeAll(async () => {
    const { sql } = test;
    for (const name of ['one', 'two'])
      await sql`insert into organisation (name, created_at) values (${name}, 0)`;
    for (const tenant of [A, SISTER, B]) {
      const user = `x-${tenant.organisation}-${tenant.id}`;
      await sql`insert into staff (id, name, email, created_at, updated_at) values (${user}, 'x', ${user}, 0, 0)`;
      await fillTable(sql, 'brand', tenant);
    }
    for (const { name, ofBrand } of await tenantTables(sql)) {
      if (name === 'brand') continue;
      for (const tenant of ofBrand ? [A, SISTER, B] : [A, B]) await fillTable(sql, name, tenant);
    }
  });

  it('shows a tenant its own rows of each table, and nobody any outside of a tenant', async () => {
    for (const { name, ofBrand } of await tenantTables(test.sql)) {
      expect(await counts(test.sql, name), name).toBe(ofBrand || name === 'brand' ? 3 : 2);
      expect(await counts(test.app, name), name).toBe(0);
      for (const tenant of [A, SISTER, B]) {
        const rows = await inBrand(test.app, tenant, (tx) => tx`select * from ${tx(name)}`);
        expect(rows, name).toMatchObject(
          ofBrand
            ? [{ organisation_id: tenant.organisation, brand_id: tenant.id }]
            : [{ organisation_id: tenant.organisation, ...(name === 'brand' ? { id: tenant.id } : {}) }],
        );
      }
      const ofOrganisation = await inOrganisation(test.app, 2, (tx) => tx`select * from ${tx(name)}`);
      expect(ofOrganisation.length, name).toBe(ofBrand ? 0 : 1);
    }
  });

  it('lets a tenant change, delete or add nothing of another', async () => {
    /** Rows changed, or the code of the refusal. */
    const attempt = (tenant: typeof A, work: (tx: Transaction) => PromiseLike<{ readonly count: number }>) =>
      inBrand(test.app, tenant, work).then(
        ({ count }) => count,
        (fault: unknown) => (fault as { code: string }).code,
      );
    const nothing = expect.toBeOneOf([0, '42501']) as unknown;
    for (const { name, ofBrand } of await tenantTables(test.sql)) {
      const where = (tx: Transaction) =>
        ofBrand ? tx`where brand_id = ${A.id}` : tx`where organisation_id = ${A.organisation}`;
      for (const tenant of ofBrand ? [SISTER, B] : [B]) {
        const changed = await attempt(
          tenant,
          (tx) => tx`update ${tx(name)} set organisation_id = organisation_id ${where(tx)}`,
        );
        expect(changed, `update ${name}`).toEqual(nothing);
        const deleted = await attempt(tenant, (tx) => tx`delete from ${tx(name)} ${where(tx)}`);
        expect(deleted, `delete ${name}`).toEqual(nothing);
        const added = await attempt(tenant, async (tx) => {
          await fillTable(tx, name, A);
          return { count: 1 };
        });
        expect(added, `insert ${name}`).toBe('42501');
      }
      expect(await counts(test.sql, name), name).toBe(ofBrand || name === 'brand' ? 3 : 2);
    }
  });

  it('ends with its transaction, and is not widened by the setting of upkeep', async () => {
    const one = createPool(test.url, { max: 1, role: 'fanfare_app' });
    expect(await inBrand(one, A, (tx) => tx`select id from brand`)).toHaveLength(1);
    expect(await one`select id from brand`).toHaveLength(0);
    await expect(inBrand(one, A, (tx) => tx`select 1 / 0`)).rejects.toMatchObject({ code: '22012' });
    expect(await one`select id from brand`).toHaveLength(0);
    await one`select set_config('fanfare.tenants', 'every', false)`;
    expect(await one`select id from brand`).toHaveLength(0);
    await one.end({ timeout: 1 });
  });
});

describe('a database', () => {
  const log = () => undefined;

  it('is used by requests as a role that owns nothing', async () => {
    const database = await openDatabase({ databaseUrl: test.url, dataDir: '/nowhere', log });
    expect(database.weakness).toBeNull();
    expect(await database.sql`select current_user::text as name`).toEqual([{ name: 'fanfare_app' }]);
    expect(await database.sql`select id from brand`).toHaveLength(0);
    expect(await database.owner`select id from brand`).toHaveLength(3);
    await database.close();
  });

  it('whose user may not make that role says so, and keeps tenants apart by the setting alone', async () => {
    const admin = createPool(inject('databaseAdminUrl'), { max: 1 });
    const name = `alone_${randomBytes(6).toString('hex')}`;
    await admin.unsafe(`create role ${name} login password '${name}'`);
    const address = new URL(test.url);
    Object.assign(address, { username: name, password: name });
    const database = await openDatabase({ databaseUrl: address.href, dataDir: '/nowhere', log });
    expect(database.weakness).toMatch(/may not act as fanfare_app.*by a setting alone\.$/);
    expect(await database.sql`select current_user::text as name`).toEqual([{ name }]);
    await database.close();
    await admin.unsafe(`drop role ${name}`);
    // Such a user owns the tables: the policies are forced on owners too.
    const owner = createPool(test.url, { max: 1 });
    expect(await owner`select id from brand`).toHaveLength(0);
    expect(await inBrand(owner, A, (tx) => tx`select id from brand`)).toHaveLength(1);
    await owner.end({ timeout: 1 });
    await admin.end({ timeout: 1 });
  });
});
