// long: one server and one receiver, which all of these share.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RuleBody, RuleList, RuleTrial } from '@fanfare/contract';
import type { TestApp } from '../support/app.ts';
import { acts, draft, raise, startReceiver, turns, until, verified, type Receiver } from './stage.ts';

const DAY = 86_400_000;
/** Noon in Paris. */
let now = Date.parse('2026-11-22T11:00:30Z');
const clock = () => now;
let receiver: Receiver;
let app: TestApp;
let does: ReturnType<typeof acts>;
let secret = '';
const path = '/brands/maison';
const list = async (): Promise<RuleList> => (await app.call('GET', `${path}/rules`)).body;
const fans = () => receiver.sent.map(({ body }) => body.data.fan.id).toSorted();
const held = async (fan: string): Promise<{ told: { state: string; reason: { fr: string } }[] }> =>
  (await app.call('POST', `${path}/fans/held`, { network: 'facebook', fan })).body;

beforeAll(async () => {
  receiver = await startReceiver();
  const raised = await raise(receiver, { clock, k: 3 });
  ({ app, ...does } = raised);
  await app.makeBrand('maison');
});
afterAll(async () => {
  await app.close();
  receiver.close();
});
beforeEach(() => {
  receiver.sent.length = 0;
  receiver.refuse = false;
  now += 10 * DAY;
});

describe('rules', () => {
  it('need a server that took a signed test', async () => {
    const made = await app.call('POST', `${path}/rules`, draft());
    const { id } = made.body as RuleBody;
    expect((await does.prove()).status).toBe(404);
    expect((await app.call('POST', `${path}/rules/${id}/on`)).status).toBe(409);
    secret = await does.aim(receiver.url);
    receiver.refuse = true;
    expect((await does.prove()).status).toBe(502);
    expect((await app.call('POST', `${path}/rules/${id}/on`)).status).toBe(409);
    receiver.refuse = false;
    expect((await does.prove()).status).toBe(200);
    expect(verified(receiver.sent[1]!, secret)).toMatchObject({
      type: 'rule.test',
      data: { brand: 'maison' },
    });
    expect(() => verified(receiver.sent[1]!, `whsec_${Buffer.alloc(32).toString('base64')}`)).toThrow();
    expect((await app.call('POST', `${path}/rules/${id}/on`)).body).toMatchObject({ on: true });
    await does.drop({ id } as RuleBody);
    expect((await app.call('POST', `${path}/rules/${id}/restore`)).body).toMatchObject({ on: false });
    await does.drop({ id } as RuleBody);
  });

  it('tell once of a fan who agreed, with reason, ground and a way to say no; and of nobody else', async () => {
    for (const fan of ['ada', 'young']) await does.agree(fan);
    await does.agree('bo', { measure: true });
    await does.comment('ada', { text: 'before the rule' });
    now += 1;
    const rule = await does.make({ count: 2 });
    now += 60_000;
    await does.comment('ada', { text: 'good' });
    await turns();
    expect(fans()).toEqual([]);
    for (const fan of ['ada', 'bo', 'stranger']) await does.comment(fan, { text: 'very good words' });
    await does.comment('bo');
    await until(() => receiver.sent.length > 0);
    await turns();
    expect(fans()).toEqual(['ada']);
    const told = verified(receiver.sent[0]!, secret);
    expect(told).toMatchObject({
      type: 'rule.met',
      data: {
        ...{ brand: 'maison', rule: rule.id, fan: { network: 'facebook', id: 'ada' } },
        reason: 'Au moins 2 fois en 7 jours\u00a0: commentaire',
        basis: { purpose: 'offers', notice: { version: '2026-11', locale: 'fr' } },
      },
    });
    expect(receiver.sent[0]!.text).not.toContain('words');
    expect((await held('ada')).told).toMatchObject([
      { state: 'sent', reason: { fr: 'Au moins 2 fois en 7 jours\u00a0: commentaire' } },
    ]);
    for (let i = 0; i < 4; i++) await does.comment('ada');
    await turns();
    expect(fans()).toEqual(['ada']);
    now += DAY + 1;
    for (let i = 0; i < 2; i++) await does.comment('ada');
    await until(() => receiver.sent.length === 2);
    expect(receiver.sent[0]!.headers['webhook-id']).not.toBe(receiver.sent[1]!.headers['webhook-id']);
    // One fan is fewer than k: the team is not told how many.
    expect((await list()).rules[0]!.counts).toEqual({ sent: null, waiting: 0, failed: 0, stopped: 0 });
    const click = new URL(told.data.no.click).pathname;
    expect(await (await fetch(app.url + click)).json()).toMatchObject({ state: 'agreed' });
    expect((await fetch(app.url + click, { method: 'POST' })).status).toBe(204);
    expect(await (await fetch(app.url + click)).json()).toMatchObject({ state: 'ended' });
    now += 2 * DAY;
    for (let i = 0; i < 3; i++) await does.comment('ada');
    await turns();
    expect(receiver.sent).toHaveLength(2);
    await app.call('POST', `${path}/fans/erase`, { network: 'facebook', fan: 'ada' });
    expect((await held('ada')).told).toEqual([]);
    expect(await app.database.sql`select 1 from outgoing_hit`).toEqual([]);
    await does.drop(rule);
  });

  it('send nothing after a withdrawal, an act taken back, a rest, or the switch', async () => {
    const names = ['no', 'gone', 'rests', 'erased', 'stays'];
    for (const fan of names) await does.agree(fan);
    receiver.refuse = true;
    const rule = await does.make();
    const ids = new Map<string, string>();
    for (const fan of names) {
      ids.set(fan, `first-${fan}`);
      await does.comment(fan, { id: `first-${fan}` });
    }
    await until(() => receiver.sent.length === names.length);
    receiver.refuse = false;
    receiver.sent.length = 0;
    await app.call('POST', `${path}/fans/withdraw`, { network: 'facebook', fan: 'no', purposes: ['offers'] });
    await app.call('POST', `${path}/events`, {
      ...{ id: 'first-gone', network: 'facebook', verb: 'remove', occurredAt: new Date(now).toISOString() },
    });
    await app.app.lines.find('maison')!.rest('facebook', 'rests', { resting: true, at: now });
    await app.call('POST', `${path}/fans/erase`, { network: 'facebook', fan: 'erased' });
    now += 40_000;
    await until(() => receiver.sent.length > 0);
    await turns();
    expect(fans()).toEqual(['stays']);
    expect((await held('no')).told.map(({ state }) => state)).toEqual(['stopped']);

    // Given again, nothing of before comes back; and the switch ends what waits at once.
    await does.agree('no');
    now += 2 * DAY;
    receiver.refuse = true;
    receiver.sent.length = 0;
    for (const fan of ['no', 'stays']) await does.comment(fan);
    await until(() => receiver.sent.length === 2);
    await app.call('POST', `${path}/rules/stop`);
    receiver.refuse = false;
    now += 3_600_000;
    await does.comment('stays');
    await turns();
    expect(receiver.sent).toHaveLength(2);
    await app.call('POST', `${path}/rules/allow`);
    await turns();
    expect(receiver.sent).toHaveLength(2);
    now += 2 * DAY;
    await does.comment('stays');
    await until(() => receiver.sent.length === 3);
    await does.drop(rule);
    const audit = await app.call('GET', '/audit?limit=100');
    const done = (audit.body as { records: { action: string }[] }).records.map(({ action }) => action);
    for (const action of [
      'rules.stopped',
      'rules.allowed',
      'rule.on',
      'rule.deleted',
      'rules.webhook_tested',
    ])
      expect(done).toContain(action);
    expect(JSON.stringify(audit.body)).not.toContain('"stays"');
  });

  it('hold what is found in quiet hours until they end, and keep to the most of a day', async () => {
    for (const fan of ['q1', 'q2', 'q3']) await does.agree(fan);
    const rule = await does.make({ quiet: { from: '21:00', to: '09:00' }, perDay: 2 });
    now = Date.parse('2027-03-27T21:30:00Z');
    for (const fan of ['q1', 'q2', 'q3']) await does.comment(fan);
    await until(async () => (await held('q2')).told.length > 0);
    await turns();
    expect(receiver.sent).toEqual([]);
    // The clocks of Paris were put forward that night: nine o’clock is at seven.
    now = Date.parse('2027-03-28T06:59:00Z');
    await turns();
    expect(receiver.sent).toEqual([]);
    now = Date.parse('2027-03-28T07:00:30Z');
    await until(() => receiver.sent.length === 2);
    await turns();
    expect(receiver.sent).toHaveLength(2);
    await does.drop(rule);
  });

  it('try a rule on the last seven days: a number of many fans, and nothing is sent or kept', async () => {
    const trial = async (more = {}): Promise<RuleTrial> =>
      (await app.call('POST', `${path}/rules/trial`, draft(more))).body;
    for (let i = 0; i < 12; i++) await does.agree(`t${i}`);
    for (let i = 0; i < 12; i++) await does.comment(`t${i}`, { campaign: i < 2 ? 'few' : 'many' });
    now += DAY;
    expect(await trial()).toEqual({ fans: 10, days: 7, k: 3 });
    expect(await trial({ campaign: 'few' })).toMatchObject({ fans: null });
    expect(await trial({ campaign: 'none' })).toMatchObject({ fans: 0 });
    await turns();
    expect(receiver.sent).toEqual([]);
    expect((await held('t1')).told).toEqual([]);
    for (const bad of [
      { count: 0 },
      { kinds: [] },
      { window: '2d' },
      { quiet: { from: '25:00', to: '01:00' } },
    ])
      expect((await app.call('POST', `${path}/rules`, { ...draft(), ...bad })).status).toBe(400);
  });

  it('run in no trade that forbids them, and end when the trade changes', async () => {
    await app.makeBrand('wine', 'alcohol');
    expect((await app.call('POST', '/brands/wine/rules', draft())).status).toBe(422);
    await does.agree('drinker');
    receiver.refuse = true;
    const rule = await does.make();
    await does.comment('drinker');
    await until(() => receiver.sent.length === 1);
    receiver.refuse = false;
    await app.call('PATCH', path, { sector: 'pharma' });
    now += 40_000;
    await until(async () => (await held('drinker')).told[0]?.state === 'stopped');
    expect(receiver.sent).toHaveLength(1);
    expect((await app.call('POST', `${path}/rules/${rule.id}/on`)).status).toBe(422);
    await app.call('PATCH', path, { sector: 'general' });
    await does.drop(rule);
  });

  it('go on after a restart where they were, under the same id, and find what nobody looked at', async () => {
    for (const fan of ['r1', 'r2']) await does.agree(fan);
    receiver.refuse = true;
    const rule = await does.make();
    await does.comment('r1');
    await until(() => receiver.sent.length === 1);
    const { database } = app;
    await app.app.close();
    // Something that was committed and not looked at: nobody followed it.
    ({ app, ...does } = await raise(receiver, { clock, k: 3, database }));
    await app.app.close();
    receiver.refuse = false;
    now += 40_000;
    await database.sql`insert into engagement select (jsonb_populate_record(e, jsonb_build_object('key',
      gen_random_uuid(), 'fan', (select max(id) from fan)))).* from engagement e order by occurred_at desc limit 1`;
    ({ app, ...does } = await raise(receiver, { clock, k: 3, database }));
    await until(() => fans().length === 3);
    await turns();
    expect(fans()).toEqual(['r1', 'r1', 'r2']);
    const ids = new Set(
      receiver.sent
        .filter(({ body }) => body.data.fan.id === 'r1')
        .map(({ headers }) => headers['webhook-id']),
    );
    expect(ids.size).toBe(1);
    await does.drop(rule);
  });
});
