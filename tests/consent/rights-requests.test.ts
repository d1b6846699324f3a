import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, RightsRequestBody, RightsRequestList } from '@fanfare/contract';
import { prune } from '@fanfare/server/store/retention.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { FanVisit, visitAs } from '../support/fan-visit.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-10-31T10:00:00Z');
let now = START;
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 1 });
});
afterAll(() => app.close());

/** A brand that knows one fan, on the first morning. */
async function brandWith(fan: string): Promise<string> {
  now = START;
  const brand = await app.makeBrand();
  await app.call('POST', `/brands/${brand}/consents`, consent(fan, now));
  now += 60_000;
  return brand;
}
const open = async (brand: string, body: object) =>
  (await app.call('POST', `/brands/${brand}/rights`, body)).body as RightsRequestBody;
const post = async (brand: string, id: number, verb: 'extend' | 'close', body: object) => {
  const answer = await app.call('POST', `/brands/${brand}/rights/${id}/${verb}`, body);
  return { status: answer.status, body: answer.body as RightsRequestBody & Problem };
};
const list = async (brand: string, state = 'open') =>
  (await app.call('GET', `/brands/${brand}/rights?state=${state}`)).body as RightsRequestList;
const byLetter = { kind: 'rectification', channel: 'paper', network: 'facebook', fan: '1' } as const;

describe('a rights request at the team', () => {
  it('is due at the end of the same day next month, or of the month, by the brand’s calendar', async () => {
    const brand = await brandWith('1');
    const made = await open(brand, { ...byLetter, note: 'born in 1990' });
    expect(made).toMatchObject({
      id: 1,
      state: 'open',
      dueAt: '2026-11-30T22:59:59.999Z',
      daysLeft: 30,
      person: { network: 'facebook', fan: '1' },
      note: 'born in 1990',
    });
    const earlier = await open(brand, { ...byLetter, receivedAt: '2026-10-20T08:00:00Z' });
    expect(earlier).toMatchObject({ id: 2, dueAt: '2026-11-20T22:59:59.999Z' });
    now = Date.parse('2026-11-21T00:00:00+01:00');
    const shown = await list(brand);
    expect(shown).toMatchObject({ open: 2, overdue: 1, closed: 0 });
    expect(shown.requests.map(({ id, daysLeft, late }) => [id, daysLeft, late])).toEqual([
      [2, -1, true],
      [1, 9, false],
    ]);
  });

  it('is extended once, within the first month, for a reason the person reads', async () => {
    const brand = await brandWith('1');
    const { id } = await open(brand, byLetter);
    expect((await post(brand, id, 'extend', { reason: '  ' })).body.code).toBe('bad_field');
    const { body } = await post(brand, id, 'extend', { reason: 'Your file is with our archive' });
    expect(body).toMatchObject({ state: 'extended', dueAt: '2027-01-31T22:59:59.999Z' });
    expect((await post(brand, id, 'extend', { reason: 'again' })).body.code).toBe('already_extended');
    const own = await (await visitAs(app, brand, '1')).call('GET', `/fan/${brand}/requests`);
    expect(own.body).toMatchObject({
      requests: [{ id, reason: 'Your file is with our archive', person: null, channel: 'paper' }],
    });
    const late = await open(brand, byLetter);
    now = START + 40 * DAY;
    expect((await post(brand, late.id, 'extend', { reason: 'too late' })).body.code).toBe('already_extended');
  });

  it('is closed once, with what the person was told; a refusal always says why', async () => {
    const brand = await brandWith('1');
    const { id } = await open(brand, byLetter);
    expect((await post(brand, id, 'close', { outcome: 'refused' })).body.code).toBe('bad_field');
    const { body } = await post(brand, id, 'close', { outcome: 'refused', answer: 'It was right already' });
    expect(body).toMatchObject({ state: 'closed', outcome: 'refused', late: false, daysLeft: null });
    expect((await post(brand, id, 'close', { outcome: 'done' })).body.code).toBe('already_closed');
    expect((await post(brand, id, 'extend', { reason: 'x' })).body.code).toBe('already_closed');
    expect(await list(brand)).toMatchObject({ requests: [], closed: 1 });
    expect((await list(brand, 'closed')).requests[0]).toMatchObject({ answer: 'It was right already' });
  });

  it('carries a withdrawal or an erasure out through the usual door', async () => {
    const brand = await brandWith('1');
    const event = { id: 'e', network: 'facebook', kind: 'reaction', fan: '1', occurredAt: iso(now) };
    expect((await app.call('POST', `/brands/${brand}/events`, event)).body).toMatchObject({ counted: 1 });
    const wrong = await open(brand, byLetter);
    const refused = await post(brand, wrong.id, 'close', { outcome: 'done', carryOut: true });
    expect(refused.body.code).toBe('bad_field');
    const withdrawal = await open(brand, { ...byLetter, kind: 'withdrawal' });
    await post(brand, withdrawal.id, 'close', { outcome: 'done', carryOut: true });
    expect((await app.board(brand, '1h')).measures['engagements@1']!.value).toBe(0);
    const erasure = await open(brand, { ...byLetter, kind: 'erasure', note: 'all of it' });
    const { body } = await post(brand, erasure.id, 'close', { outcome: 'done', carryOut: true });
    expect(body).toMatchObject({ state: 'closed', outcome: 'done', person: null, note: null });
    // What else the person had asked ends with the erasure.
    expect((await list(brand, 'closed')).requests.find(({ id }) => id === wrong.id)).toMatchObject({
      outcome: 'dropped',
      person: null,
    });
  });

  it('keeps a stranger’s request as a number, without person or words', async () => {
    const brand = await brandWith('1');
    const { id } = await open(brand, { ...byLetter, fan: 'nobody', note: 'I am Nobody' });
    expect((await list(brand)).requests[0]).toMatchObject({ id, person: null, note: null });
    await post(brand, id, 'extend', { reason: 'told by letter' });
    expect((await list(brand)).requests[0]).toMatchObject({ state: 'extended', reason: null });
  });

  it('refuses what is no request', async () => {
    const brand = await brandWith('1');
    const codes = await Promise.all(
      [
        { ...byLetter, kind: 'money' },
        { ...byLetter, channel: 'page' },
        { ...byLetter, note: 'x'.repeat(501) },
        { ...byLetter, note: 'a\u0000b' },
        { ...byLetter, network: undefined },
        { ...byLetter, receivedAt: iso(now + DAY) },
        { ...byLetter, receivedAt: iso(now - 400 * DAY) },
        { ...byLetter, extra: 1 },
      ].map(async (body) => (await app.call('POST', `/brands/${brand}/rights`, body)).status),
    );
    expect(codes).toEqual(Array<number>(8).fill(400));
    for (const id of ['0', '99', 'x', '1e3'])
      expect(
        (await app.call('POST', `/brands/${brand}/rights/${id}/close`, { outcome: 'done' })).status,
      ).toBe(404);
    expect((await new FanVisit(app).call('GET', `/brands/${brand}/rights`)).status).toBe(401);
  });

  it('is let go of five years after it was closed, and not while it is open', async () => {
    const brand = await brandWith('1');
    const [waits, { id }] = [await open(brand, byLetter), await open(brand, byLetter)];
    await post(brand, id, 'close', { outcome: 'done' });
    const { record } = app.app.lines.find(brand)!;
    await prune(app.database.sql, record, now + 5 * 365 * DAY);
    expect(await list(brand)).toMatchObject({ open: 1, closed: 1 });
    expect((await prune(app.database.sql, record, now + 5 * 366 * DAY)).rights_request).toBe(1);
    expect(await list(brand)).toMatchObject({ requests: [{ id: waits.id }], open: 1, closed: 0 });
  });

  it('gives numbers one by one, and no two the same', async () => {
    const brand = await brandWith('1');
    const made = await Promise.all(Array.from({ length: 12 }, () => open(brand, byLetter)));
    expect(made.map(({ id }) => id).sort((a, b) => a - b)).toEqual(made.map((_, i) => i + 1));
  });
});

describe('a rights request on the fan’s page', () => {
  it('is carried out at once where the page can, and kept as done', async () => {
    const brand = await brandWith('1');
    const visit = await visitAs(app, brand, '1');
    await visit.call('GET', `/fan/${brand}/state?read=all`);
    await visit.call('GET', `/fan/${brand}/state?read=all`);
    await visit.call('GET', `/fan/${brand}/state`);
    await visit.call('GET', `/fan/${brand}/export.json`);
    await visit.call('POST', `/fan/${brand}/withdraw`, {});
    const kinds = async () =>
      (await list(brand, 'closed')).requests.map(({ kind, outcome }) => [kind, outcome]);
    expect((await kinds()).toSorted()).toEqual([
      ['access', 'done'],
      ['portability', 'done'],
      ['withdrawal', 'done'],
    ]);
    expect((await list(brand)).requests).toEqual([]);
    // Nothing was in force any more: no second withdrawal.
    await visit.call('POST', `/fan/${brand}/withdraw`, {});
    expect(await kinds()).toHaveLength(3);
    await visit.call('POST', `/fan/${brand}/erase`, { confirm: 'ERASE' });
    const closed = (await list(brand, 'closed')).requests;
    expect(closed).toHaveLength(4);
    expect(closed.filter(({ kind }) => kind === 'erasure')).toMatchObject([{ outcome: 'done', late: false }]);
    expect(closed.every(({ person }) => person === null)).toBe(true);
  });

  it('opens with a due date where people must answer, five at a time', async () => {
    const brand = await brandWith('1');
    const visit = await visitAs(app, brand, '1');
    const ask = (body: object) => visit.call('POST', `/fan/${brand}/requests`, body);
    const { status, body } = await ask({ kind: 'objection', note: ' not my work account ' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      request: { id: 1, state: 'open', note: 'not my work account', daysLeft: 30 },
    });
    expect((await list(brand)).requests[0]).toMatchObject({
      channel: 'page',
      person: { network: 'facebook', fan: '1' },
      note: 'not my work account',
    });
    for (let i = 0; i < 4; i++) expect((await ask({ kind: 'rectification' })).status).toBe(201);
    expect((await ask({ kind: 'rectification' })).status).toBe(429);
    for (const wrong of [{ kind: 'erasure' }, {}, { kind: 'access', note: 5 }])
      expect((await ask(wrong)).status).toBe(400);
    expect((await new FanVisit(app).call('POST', `/fan/${brand}/requests`, { kind: 'access' })).status).toBe(
      401,
    );
    const other = await visitAs(app, brand, '2');
    expect((await other.call('GET', `/fan/${brand}/requests`)).body).toEqual({ requests: [] });
  });

  it('keeps nothing of someone the brand does not know', async () => {
    const brand = await brandWith('1');
    const visit = await visitAs(app, brand, 'stranger');
    const asked = await visit.call('POST', `/fan/${brand}/requests`, { kind: 'access', note: 'hello' });
    expect([asked.status, asked.body]).toEqual([200, { request: null }]);
    await visit.call('GET', `/fan/${brand}/export.json`);
    await visit.call('GET', `/fan/${brand}/state?read=all`);
    expect(await list(brand)).toMatchObject({ open: 0, closed: 0 });
  });

  it('lies in the database under the fan’s key alone, and not at all after the erasure', async () => {
    const brand = await brandWith('canary-fan');
    const visit = await visitAs(app, brand, 'canary-fan');
    await visit.call('POST', `/fan/${brand}/requests`, { kind: 'rectification', note: 'canary-note' });
    const { sql } = app.database;
    const { id } = app.app.lines.find(brand)!.record;
    const rows = async () =>
      JSON.stringify(
        await sql`select *, encode(sealed_person, 'escape') as p, encode(sealed_note, 'escape') as n
        from rights_request where brand_id = ${id}`,
      );
    expect(await rows()).not.toContain('canary');
    await visit.call('POST', `/fan/${brand}/erase`, { confirm: 'EFFACER' });
    expect((await list(brand, 'closed')).requests.map(({ kind, outcome }) => [kind, outcome])).toEqual(
      expect.arrayContaining([
        ['rectification', 'dropped'],
        ['erasure', 'done'],
      ]),
    );
    expect(
      await sql`select id from rights_request where brand_id = ${id}
        and (fan is not null or sealed_person is not null or sealed_note is not null)`,
    ).toHaveLength(0);
  });
});

function iso(at: number): string {
  return new Date(at).toISOString();
}
