import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

const event = (id: string, fan: string, at: number) => ({
  id,
  network: 'facebook',
  kind: 'reaction',
  fan,
  occurredAt: new Date(at).toISOString(),
});

describe('an erased fan', () => {
  it('is gone from fans and ledger, and replaying everything brings nothing back', async () => {
    const brand = await server.makeBrand();
    const { id } = server.app.lines.find(brand)!.record;
    const now = Date.now();
    const events = ['1', '2'].flatMap((fan) => [
      event(`${fan}a`, fan, now - 5_000),
      event(`${fan}b`, fan, now),
    ]);
    await server.call(
      'POST',
      `/brands/${brand}/consents`,
      ['1', '2'].map((fan) => consent(fan, now - 9_000)),
    );
    await server.call('POST', `/brands/${brand}/events`, events);
    await server.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: '1' });
    const { body } = await server.call('POST', `/brands/${brand}/events`, events);
    expect(body).toMatchObject({ received: 4, duplicate: 2, refused: 2, counted: 0 });
    const { sql } = server.database;
    expect(await sql`select id from fan where brand_id = ${id}`).toHaveLength(1);
    expect(await sql`select key from engagement where brand_id = ${id}`).toHaveLength(2);
  });

  it('is erased again when a backup from before the erasure is restored', async () => {
    const brand = await server.makeBrand();
    const line = server.app.lines.find(brand)!;
    const { id } = line.record;
    const { sql } = server.database;
    const now = Date.now();
    await server.call(
      'POST',
      `/brands/${brand}/consents`,
      ['1', '2'].map((fan) => consent(fan, now - 9_000)),
    );
    await server.call('POST', `/brands/${brand}/events`, [event('a', '1', now), event('b', '2', now)]);
    await sql`create table kept_fan as select * from fan where brand_id = ${id}`;
    await sql`create table kept_engagement as select * from engagement where brand_id = ${id}`;
    await server.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: '1' });
    await sql`insert into fan select * from kept_fan on conflict do nothing`;
    await sql`insert into engagement select * from kept_engagement on conflict do nothing`;
    await line.load();
    expect((await server.board(brand, '1h')).measures['engagements@1']!.value).toBe(2);
    expect(await line.eraseReturned()).toBe(1);
    expect((await server.board(brand, '1h')).measures['engagements@1']!.value).toBe(1);
    expect(await sql`select id from fan where brand_id = ${id}`).toHaveLength(1);
    expect(await line.eraseReturned()).toBe(0);
  });
});
