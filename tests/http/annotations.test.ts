import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_ANNOTATIONS, type AnnotationBody, type LatestBody } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';

let app: TestApp;
const now = Date.parse('2026-11-22T10:00:30Z');
beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 10 });
});
afterAll(() => app.close());

describe('annotations', () => {
  const AT = '2026-11-22T09:30:00+01:00';

  it('are written under an id of one’s own, changed, listed by instant and removed', async () => {
    const path = `/brands/${await app.makeBrand('marquee')}/annotations`;
    const list = async (): Promise<AnnotationBody[]> => (await app.call('GET', path)).body;
    expect((await app.call('PUT', `${path}/mark-0001`, { at: AT, text: ' Newsletter ' })).status).toBe(201);
    expect((await app.call('PUT', `${path}/mark-0001`, { at: AT, text: 'Newsletter' })).status).toBe(200);
    await app.call('PUT', `${path}/mark-0002`, { at: '2026-11-22T08:00:00Z', text: 'Launch' });
    expect(await list()).toEqual([
      { id: 'mark-0002', at: '2026-11-22T08:00:00.000Z', text: 'Launch' },
      { id: 'mark-0001', at: '2026-11-22T08:30:00.000Z', text: 'Newsletter' },
    ]);
    expect((await app.call('DELETE', `${path}/mark-0001`)).status).toBe(204);
    expect((await app.call('DELETE', `${path}/mark-0001`)).status).toBe(404);
    expect(await list()).toHaveLength(1);
    const audit = JSON.stringify((await app.call('GET', '/audit')).body);
    expect(audit).toContain('annotation.removed');
    expect(audit).not.toContain('Newsletter');
  });

  it('are refused when they are none, and go with their brand alone', async () => {
    const [mine, other] = [await app.makeBrand('mienne'), await app.makeBrand('autre')];
    for (const [id, body] of [
      ['short', { at: AT, text: 'x' }],
      ['mark-0001', { at: 'yesterday', text: 'x' }],
      ['mark-0001', { at: AT, text: '   ' }],
      ['mark-0001', { at: AT, text: 'x'.repeat(81) }],
      ['mark-0001', { at: AT, text: 'nul\u0000' }],
      ['mark-0001', { at: AT, text: 'x', fan: 'y' }],
    ] as const)
      expect((await app.call('PUT', `/brands/${mine}/annotations/${id}`, body)).status, id).toBe(400);
    await app.call('PUT', `/brands/${mine}/annotations/mark-0001`, { at: AT, text: 'mine' });
    expect((await app.call('GET', `/brands/${other}/annotations`)).body).toEqual([]);
    expect((await app.call('DELETE', `/brands/${other}/annotations/mark-0001`)).status).toBe(404);
    expect((await fetch(`${app.url}/api/v1/brands/${mine}/annotations`)).status).toBe(401);
  });

  it('have their most', async () => {
    const brand = await app.makeBrand('pleine');
    const { sql } = app.database;
    await sql`insert into annotation (organisation_id, brand_id, id, at, text)
      select organisation_id, id, 'filled-' || n, n, 'x' from brand, generate_series(1, ${MOST_ANNOTATIONS}) as n
      where slug = ${brand}`;
    const put = (id: string) =>
      app.call('PUT', `/brands/${brand}/annotations/${id}`, { at: AT, text: 'one more' });
    expect((await put('mark-0001')).status).toBe(400);
    expect((await put('filled-7')).status).toBe(200);
  });
});

describe('the last events', () => {
  it('tell of five, to the minute, and of nobody; refusals as bare counts', async () => {
    const brand = await app.makeBrand('branchee');
    await app.call('POST', `/brands/${brand}/consents`, consent('ada', now - 3_600_000));
    const event = (fan: string, i: number) => ({
      ...{ id: `${fan}-${i}`, network: 'facebook', kind: 'comment', fan, text: 'secret words' },
      ...{ object: 'post-1', occurredAt: new Date(now - i * 60_000).toISOString() },
    });
    await app.call(
      'POST',
      `/brands/${brand}/events`,
      [0, 1, 2, 3, 4, 5, 6].map((i) => event('ada', i)),
    );
    await app.call('POST', `/brands/${brand}/events`, [event('bob', 0), event('bob', 0.2)]);
    const answer = await app.call('GET', `/brands/${brand}/events/latest`);
    const body: LatestBody = answer.body;
    expect(body.events).toHaveLength(5);
    expect(body.events[0]).toEqual({ network: 'facebook', kind: 'comment', at: '2026-11-22T10:00:00.000Z' });
    expect(body.refusals).toEqual([
      { network: 'facebook', reason: 'unknown_fan', at: '2026-11-22T10:00:00.000Z', count: 2 },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/ada|bob|post-1|secret/);
    const token = (await app.call('POST', '/tokens', { name: 'reader', scopes: ['read'] })).body as {
      token: string;
    };
    const headers = { authorization: `Bearer ${token.token}` };
    expect((await fetch(`${app.url}/api/v1/brands/${brand}/events/latest`, { headers })).status).toBe(403);
  });
});
