import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptSince } from '@fanfare/server/domain/retention.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { prune } from '@fanfare/server/store/retention.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

const START = Date.parse('2026-01-15T10:00:30Z');
let now = START;
let server: TestApp;
beforeAll(async () => {
  server = await startApp({ clock: () => now });
});
afterAll(() => server.close());

const event = (id: string, at: number) => ({
  id,
  network: 'web',
  kind: 'click',
  fan: '1',
  occurredAt: new Date(at).toISOString(),
});

describe('retention', () => {
  it('counts months by the calendar and cuts at a minute', () => {
    expect(keptSince('engagement', Date.parse('2027-02-20T10:00:30Z'))).toBe(
      Date.parse('2026-01-20T10:00:00Z'),
    );
    expect(keptSince('link', Date.parse('2026-02-20T10:00:00Z'))).toBe(Date.parse('2026-02-13T10:00:00Z'));
  });

  it('lets engagements go after 13 months, with their rollups, and leaves the rest', async () => {
    const brand = await server.makeBrand();
    const { record } = server.app.lines.find(brand)!;
    const { sql } = server.database;
    await server.call(
      'POST',
      `/brands/${brand}/consents`,
      consent('1', now - 1_000, { measure: true }, 'web'),
    );
    await server.call('POST', `/brands/${brand}/events`, [event('old', now), event('young', now + 60_000)]);
    now = Date.parse('2027-02-15T10:01:10Z');
    expect(await prune(sql, record, now)).toEqual({ engagements: 1, rollups: 1 });
    expect(await sql`select id from engagement where brand_id = ${record.id}`).toMatchObject([
      { id: 'young' },
    ]);
    expect((await recountBrand(sql, record, brand)).differences).toHaveLength(0);
    expect(await prune(sql, record, now)).toEqual({ engagements: 0, rollups: 0 });
  });
});
