import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkConsents } from '@fanfare/server/store/chain-checks.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

const brandOf = (slug: string) => server.app.lines.find(slug)!.record;

describe('the consent ledger', () => {
  it('keeps every act, chained per brand, over grants, withdrawals and erasures', async () => {
    const [a, b] = [await server.makeBrand(), await server.makeBrand()];
    const now = Date.now();
    for (const brand of [a, b]) {
      await server.call('POST', `/brands/${brand}/consents`, [
        consent('1', now - 9_000, { measure: true, influence: true }),
        consent('2', now - 8_000),
      ]);
    }
    await server.call('POST', `/brands/${a}/consents`, consent('1', now - 5_000, { influence: false }));
    await server.call('POST', `/brands/${a}/fans/withdraw`, { network: 'facebook', fan: '1' });
    await server.call('POST', `/brands/${a}/fans/erase`, { network: 'facebook', fan: '2' });
    await server.call('POST', `/brands/${a}/fans/withdraw`, { network: 'facebook', fan: 'nobody' });
    // 3 grants, 1 + 6 + 6 withdrawals; the stranger leaves nothing.
    expect(await checkConsents(server.database.sql, brandOf(a))).toMatchObject({ intact: true, records: 16 });
    expect(await checkConsents(server.database.sql, brandOf(b))).toMatchObject({ intact: true, records: 3 });
  });

  it('shows a record that was altered, and one that was taken away', async () => {
    const brand = await server.makeBrand();
    const now = Date.now();
    await server.call(
      'POST',
      `/brands/${brand}/consents`,
      ['1', '2', '3'].map((fan) => consent(fan, now - 9_000)),
    );
    const { sql } = server.database;
    const { id } = brandOf(brand);
    await sql`update consent_record set at = at - 1 where brand_id = ${id} and n = 2`;
    expect(await checkConsents(sql, brandOf(brand))).toEqual({ intact: false, at: 2 });
    await sql`update consent_record set at = at + 1 where brand_id = ${id} and n = 2`;
    await sql`delete from consent_record where brand_id = ${id} and n = 3`;
    expect(await checkConsents(sql, brandOf(brand))).toEqual({ intact: false, at: 3 });
  });

  it('gives a new number to a fan who comes back after an erasure', async () => {
    const brand = await server.makeBrand();
    const now = Date.now();
    await server.call('POST', `/brands/${brand}/consents`, consent('1', now - 9_000));
    await server.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: '1' });
    await server.app.lines.find(brand)!.load();
    await server.call('POST', `/brands/${brand}/consents`, consent('1', now));
    const rows = await server.database.sql`
      select distinct fan from consent_record where brand_id = ${brandOf(brand).id} order by fan`;
    expect(rows.map((row) => row['fan'] as number)).toEqual([1, 2]);
  });
});
