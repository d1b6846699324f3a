import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrandProof, ChainCheckBody, Problem, Rehearsal } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { FanVisit } from '../support/fan-visit.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-10T10:00:00Z');
let now = START;
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 10 });
});
afterAll(() => app.close());

const proofOf = async (brand: string, query = '') =>
  (await app.call('GET', `/brands/${brand}/proof${query}`)).body as BrandProof;
const acts = ({ purposes }: BrandProof, purpose: string) => purposes.find((row) => row.purpose === purpose);

/** Check a chain to the end. */
async function checked(brand: string): Promise<ChainCheckBody> {
  expect((await app.call('POST', `/brands/${brand}/proof/chain`)).status).toBe(202);
  for (let tries = 0; tries < 200; tries++) {
    const { chain } = (await app.call('GET', `/brands/${brand}/proof/chain`)).body as {
      chain: ChainCheckBody;
    };
    if (chain.state !== 'waiting' && chain.state !== 'running') return chain;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the check did not end');
}

describe('GET /brands/:brand/proof', () => {
  it('counts consents, refusals, withdrawals and erasures of the period, exactly', async () => {
    now = START;
    const brand = await app.makeBrand();
    const withdraw = (fan: string, verb = 'withdraw') =>
      app.call('POST', `/brands/${brand}/fans/${verb}`, { network: 'facebook', fan });
    // Two days before the period: a yes that is taken back within it.
    await app.call('POST', `/brands/${brand}/consents`, consent('1', now, { measure: true, quote: true }));
    now += 2 * DAY;
    await app.call('POST', `/brands/${brand}/consents`, [
      consent('2', now, { measure: true, influence: false }),
      consent('3', now),
    ]);
    const event = (id: string, fan: string) => ({
      id,
      network: 'facebook',
      kind: 'reaction',
      fan,
      occurredAt: new Date(now).toISOString(),
    });
    await app.call('POST', `/brands/${brand}/events`, [
      event('a', '2'),
      event('b', 'nobody'),
      event('c', 'no'),
    ]);
    now += 60_000;
    await withdraw('1');
    await withdraw('3', 'erase');
    await withdraw('nobody', 'erase');
    now += DAY;
    await app.call('POST', `/brands/${brand}/consents`, consent('4', now));
    const proof = await proofOf(brand, '?from=2026-11-12&to=2026-11-12');
    expect(proof).toMatchObject({
      from: '2026-11-12',
      starts: '2026-11-11T23:00:00.000Z',
      ends: '2026-11-12T23:00:00.000Z',
      refused: { unknown_fan: 2, not_consenting: 0, outside_consent: 0 },
      erased: 1,
      chain: null,
    });
    // Fans 1 and 3 took measure back; all else each of them refused with it was a no without a yes.
    expect(acts(proof, 'measure')).toEqual({ purpose: 'measure', granted: 2, declined: 0, withdrawn: 2 });
    expect(acts(proof, 'quote')).toEqual({ purpose: 'quote', granted: 0, declined: 1, withdrawn: 1 });
    expect(acts(proof, 'influence')).toEqual({ purpose: 'influence', granted: 0, declined: 3, withdrawn: 0 });
    expect(acts(await proofOf(brand), 'measure')).toMatchObject({ granted: 4, withdrawn: 2 });
    expect(acts(await proofOf(brand, '?from=2026-11-14&to=2026-11-20'), 'measure')).toMatchObject({
      granted: 0,
    });
  });

  it('refuses periods that are none, and everybody but the team', async () => {
    const brand = await app.makeBrand();
    for (const query of [
      '?from=2026-11-13&to=2026-11-12',
      '?from=2026-02-30',
      '?to=x',
      '?from=2001-01-01&to=2026-11-12',
    ])
      expect(((await app.call('GET', `/brands/${brand}/proof${query}`)).body as Problem).code).toBe(
        'bad_field',
      );
    expect((await new FanVisit(app).call('GET', `/brands/${brand}/proof`)).status).toBe(401);
    expect((await new FanVisit(app).call('POST', `/brands/${brand}/proof/chain`)).status).toBe(401);
  });
});

describe('the check of the chain', () => {
  it('goes through more records than one piece holds, and finds what was altered or forged', async () => {
    const brand = await app.makeBrand();
    const all = { measure: true, influence: true, quote: true, wall: true, purchases: true, offers: true };
    const fans = Array.from({ length: 2_000 }, (_, i) => consent(`f${i}`, now, all));
    expect((await app.call('POST', `/brands/${brand}/consents`, fans)).status).toBe(200);
    const found = await checked(brand);
    expect(found).toMatchObject({ state: 'intact', records: 12_000, checked: 12_000 });
    expect((await proofOf(brand)).chain).toEqual(found);
    const { sql } = app.database;
    const { id } = app.app.lines.find(brand)!.record;
    await sql`update consent_record set granted = false where brand_id = ${id} and n = 7777`;
    expect(await checked(brand)).toMatchObject({ state: 'broken', at: 7777 });
    await sql`update consent_record set granted = true where brand_id = ${id} and n = 7777`;
    expect(await checked(brand)).toMatchObject({ state: 'intact' });
    await sql`insert into consent_record select organisation_id, brand_id, -5, fan, purpose, granted, at,
      received_at, expires_at, notice_version, notice_locale, method, age, evidence, notice_hash, hash
      from consent_record where brand_id = ${id} and n = 1`;
    expect(await checked(brand)).toMatchObject({ state: 'broken', at: 1 });
  });

  it('is intact with nothing in it', async () => {
    expect(await checked(await app.makeBrand())).toMatchObject({ state: 'intact', records: 0 });
  });
});

describe('the recount of a brand', () => {
  it('is remembered when it was asked for', async () => {
    const brand = await app.makeBrand();
    expect((await proofOf(brand)).recount).toBeNull();
    await app.call('POST', '/recount', { brands: [brand] });
    expect((await proofOf(brand)).recount).toMatchObject({ recount: { brand, differing: 0 } });
  });
});

describe('the rehearsal', () => {
  it('withdraws an invented fan for real; the totals lose exactly their part and a replay brings nothing back', async () => {
    const demo = await startApp({ k: 10, demonstration: { seed: 7, days: 1, volume: 1 } });
    expect((await demo.call('POST', '/demonstration/rehearsal')).status).toBe(404);
    await demo.call('POST', '/demonstration');
    let answer = await demo.call('POST', '/demonstration/rehearsal');
    for (let tries = 0; answer.status === 404 && tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      answer = await demo.call('POST', '/demonstration/rehearsal');
    }
    expect(answer.status).toBe(200);
    const made = answer.body as Rehearsal;
    expect(made, JSON.stringify(made)).toMatchObject({
      brand: 'demo',
      exact: true,
      left: 0,
      recount: { differing: 0 },
    });
    expect(made.held).toBeGreaterThan(2);
    expect(made.replay).toEqual({ received: made.held, counted: 0, refused: made.held });
    const [before, after] = [made.before.engagements!.value!, made.after.engagements!.value!];
    expect(before - after).toBe(made.held);
    // The stream goes on by itself.
    const count = async () => (await demo.board('demo', '30d')).measures['engagements@1']!.value!;
    const held = await count();
    for (let tries = 0; (await count()) <= held; tries++) {
      if (tries > 100) throw new Error('the stream stands still');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await demo.close();
  });
});
