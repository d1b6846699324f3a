import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RETENTION } from '@fanfare/server/domain/retention.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { FanVisit } from '../support/fan-visit.ts';

const MINUTE = 60_000;
const now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 1 });
});
afterAll(() => app.close());

describe('a demonstration’s fan page', () => {
  it('opens for everybody, another brand’s for nobody', async () => {
    const demo = await startApp({ demonstration: { seed: 7, days: 30 / 1_440, volume: 1 } });
    await demo.call('POST', '/demonstration');
    const visit = new FanVisit(demo);
    for (let tries = 0; tries < 100; tries++) {
      const { status } = await visit.call('POST', '/fan/demo/demonstration', {});
      if (status === 204) break;
      await new Promise((resolve) => setTimeout(resolve, 7_000));
    }
    const state = await visit.call('GET', '/fan/demo/state');
    expect(state).toMatchObject({ status: 200, body: { brand: { demonstration: true } } });
    const brand = await demo.makeBrand();
    expect((await new FanVisit(demo).call('POST', `/fan/${brand}/demonstration`, {})).status).toBe(404);
    await demo.close();
  });
});

describe('the public page of a brand', () => {
  it('tells everybody what is asked, kept and agreed to', async () => {
    const brand = await app.makeBrand();
    await app.call('PATCH', `/brands/${brand}`, { contact: 'privacy@maison.example' });
    await app.call('POST', `/brands/${brand}/consents`, [consent('1', now), consent('2', now)]);
    await app.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: '1' });
    const { status, body } = await new FanVisit(app).call('GET', `/trust/${brand}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      brand: { contact: 'privacy@maison.example' },
      proofs: ['bluesky', 'mastodon'],
    });
    const { purposes, retention } = body as { purposes: object[]; retention: object[] };
    expect(purposes[0]).toEqual({ purpose: 'measure', granted: 2, withdrawn: 1 });
    expect(purposes[1]).toEqual({ purpose: 'influence', granted: 0, withdrawn: 0 });
    expect(retention).toEqual(RETENTION);
  });

  it('hides small counts, rounds the others, and moves every quarter of an hour alone', async () => {
    let clock = now;
    const shy = await startApp({ k: 10, clock: () => clock });
    const brand = await shy.makeBrand();
    const fans = Array.from({ length: 67 }, (_, i) =>
      consent(`f${i}`, clock, { measure: true, quote: i < 20 }),
    );
    await shy.call('POST', `/brands/${brand}/consents`, fans);
    const first = async () =>
      ((await new FanVisit(shy).call('GET', `/trust/${brand}`)).body as { purposes: object[] }).purposes;
    expect((await first())[0]).toEqual({ purpose: 'measure', granted: 70, withdrawn: 0 });
    expect((await first())[2]).toEqual({ purpose: 'quote', granted: null, withdrawn: null });
    for (let i = 0; i < 60; i++)
      await shy.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: `f${i}` });
    expect((await first())[0]).toEqual({ purpose: 'measure', granted: 70, withdrawn: 0 });
    clock += 15 * MINUTE;
    // Sixty of sixty-seven left: the number would tell that seven stayed.
    expect((await first())[0]).toEqual({ purpose: 'measure', granted: 70, withdrawn: null });
    await shy.close();
  });
});
