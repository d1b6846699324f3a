import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptSince } from '@fanfare/server/domain/retention.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { prune } from '@fanfare/server/store/retention.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

const START = Date.parse('2026-01-15T10:00:30Z');
const HOUR = 3_600_000;
let now = START;
let server: TestApp;
beforeAll(async () => {
  server = await startApp({ clock: () => now });
});
afterAll(() => server.close());

const event = (id: string, at: number, fan = '1') => ({
  ...{ id, network: 'web', kind: 'click', fan },
  occurredAt: new Date(at).toISOString(),
});

async function brandWithFans(...fans: string[]) {
  now = START;
  const brand = await server.makeBrand();
  const given = fans.map((fan) => consent(fan, now - 1_000, { measure: true }, 'web'));
  await server.call('POST', `/brands/${brand}/consents`, given);
  const { record } = server.app.lines.find(brand)!;
  const { sql } = server.database;
  const counts = async (table: string, column: string) => [
    ...(await sql<{ at: number; n: number }[]>`
        select ${sql(column)} as at, sum(engagements)::int as n from ${sql(table)}
        where brand_id = ${record.id} group by 1 order by 1`),
  ];
  return {
    brand,
    record,
    post: (...events: object[]) => server.call('POST', `/brands/${brand}/events`, events),
    run: (at: number) => prune(sql, record, (now = at)),
    minutes: () => counts('rollup', 'minute'),
    hours: () => counts('rollup_hour', 'hour'),
    frozen: () =>
      sql`select hour, dimension, key, engagements, fans from rollup_frozen
        where brand_id = ${record.id} order by 1, 2, 3`,
    held: async () =>
      (await sql<{ id: string }[]>`select id from engagement where brand_id = ${record.id}`).map(
        ({ id }) => id,
      ),
    differences: async () => (await recountBrand(sql, record, brand)).differences,
  };
}

describe('retention', () => {
  it('counts months by the calendar and cuts at a minute', () => {
    expect(keptSince('engagement', Date.parse('2027-02-20T10:00:30Z'))).toBe(
      Date.parse('2026-01-20T10:00:00Z'),
    );
    expect(keptSince('link', Date.parse('2026-02-20T10:00:00Z'))).toBe(Date.parse('2026-02-13T10:00:00Z'));
  });

  it('keeps minutes 40 days and hours beyond, and a late change finds its hour', async () => {
    const { run, post, minutes, hours, differences } = await brandWithFans('1', '2');
    const hour = Math.floor(START / HOUR);
    await post(event('a', now), event('b', now, '2'));
    await run(START + 39 * 24 * HOUR);
    expect(await minutes()).toEqual([{ at: Math.floor(START / 60_000), n: 2 }]);
    expect(await hours()).toEqual([{ at: hour, n: 2 }]);
    expect(await run(START + 41 * 24 * HOUR)).toMatchObject({ minute_rollup: 1 });
    expect(await minutes()).toEqual([]);
    await post(event('c', START + HOUR), { ...event('b', START), verb: 'remove', rev: 1 });
    expect(await minutes()).toEqual([]);
    expect(await hours()).toEqual([
      { at: hour, n: 1 },
      { at: hour + 1, n: 1 },
    ]);
    expect(await differences()).toEqual([]);
  });

  it('lets engagements go after 13 months and freezes their hours, which nothing changes then', async () => {
    const { brand, run, post, hours, frozen, held, differences } = await brandWithFans('1', '2');
    const hour = Math.floor(START / HOUR);
    await post(event('old', START), event('old2', START, '2'));
    now = START + 3 * HOUR;
    await post(event('young', START + 2 * HOUR, '2'));
    const later = Date.parse('2027-02-15T11:01:10Z');
    expect(await run(later)).toMatchObject({ engagement: 2, minute_rollup: 2 });
    expect(await held()).toEqual(['young']);
    expect(await hours()).toEqual([{ at: hour + 2, n: 1 }]);
    const kept = await frozen();
    expect(kept).toHaveLength(5);
    expect(kept[0]).toEqual({ hour, dimension: 0, key: '', engagements: 2, fans: 2 });
    await server.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'web', fan: '2' });
    expect([await held(), await hours(), await frozen()]).toEqual([[], [], kept]);
    expect(await run(later)).toMatchObject({ engagement: 0, minute_rollup: 0, hour_rollup: 0 });
    expect(await differences()).toEqual([]);
    expect(await run(Date.parse('2028-02-15T12:00:00Z'))).toMatchObject({ hour_rollup: 5 });
    expect(await frozen()).toEqual([]);
  });

  it('freezes hours that lie far apart, and is gone on with after it was ended', async () => {
    const { record, run, post, frozen, held, differences } = await brandWithFans('1', '2');
    const hours = [0, 1, 5, 6, 7, 50, 51];
    now = START + 60 * HOUR;
    await post(...hours.map((hour) => event(`h${hour}`, START + hour * HOUR)), event('young', now, '2'));
    const later = Date.parse('2027-02-17T20:00:00Z');
    await expect(prune(server.database.sql, record, later, AbortSignal.abort())).rejects.toThrow('abort');
    expect(await held()).toHaveLength(8);
    expect(await run(later)).toMatchObject({ engagement: 7 });
    expect(await held()).toEqual(['young']);
    const wholes = (await frozen()).filter(({ dimension }) => dimension === 0);
    expect(wholes.map(({ hour }) => Number(hour) - Math.floor(START / HOUR))).toEqual(hours);
    expect(await differences()).toEqual([]);
  });
});
