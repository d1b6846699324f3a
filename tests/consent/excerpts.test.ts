import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { prune } from '@fanfare/server/store/retention.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { Words } from '../support/words.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
let now = Date.parse('2026-03-01T12:00:00Z');
let app: TestApp;
let words: Words;
beforeAll(async () => {
  app = await startApp({ clock: () => now });
});
beforeEach(async () => {
  words = new Words(app, await app.makeBrand(), () => now);
});
afterAll(() => app.close());

const brand = () => app.app.lines.find(words.brand)!.record;

describe('an excerpt', () => {
  it('is kept of what a consenting fan writes, and of nobody else', async () => {
    await words.agree('ada', { measure: true, quote: true });
    await words.agree('bo', { measure: true });
    await words.agree('cleo', { measure: true, wall: true });
    for (const fan of ['ada', 'bo', 'cleo', 'nobody']) await words.say(fan, `of ${fan}`, `says ${fan}`);
    await words.say('ada', 'an order', 'please ring twice', { kind: 'purchase' });
    await words.say('ada', 'no text', '');
    expect([await words.team(), words.open(), await words.rows()]).toEqual([['says ada'], ['says cleo'], 2]);
  });

  it('needs consent when it was said, unbroken, and now', async () => {
    await words.agree('ada');
    await words.say('ada', 'early', 'before all consent', {
      occurredAt: new Date(now - 61 * MINUTE).toISOString(),
    });
    await words.say('ada', 'first', 'first');
    now += MINUTE;
    await words.withdraw('ada', ['quote']);
    now += 2;
    await app.call('POST', `/brands/${words.brand}/consents`, {
      ...{ network: 'facebook', fan: 'ada', purposes: { quote: true }, at: new Date(now).toISOString() },
      ...{ age: '18+', method: 'form', notice: { version: '1', locale: 'fr' } },
    });
    await words.say('ada', 'between', 'said before it was given again', {
      occurredAt: new Date(now - 1).toISOString(),
    });
    await words.say('ada', 'again', 'said after');
    expect(await words.team()).toEqual(['said after']);
    expect(words.open()).toEqual(['said after', 'said before it was given again', 'first']);
  });

  it('is replaced by an edit, goes with a removal, and never comes back with an old revision', async () => {
    await words.agree('ada');
    await words.say('ada', 'e', 'first words');
    await words.say('ada', 'e', 'second words', { verb: 'edit', rev: 1 });
    await words.say('ada', 'e', 'first words');
    expect([await words.team(), await words.rows()]).toEqual([['second words'], 1]);
    await words.say('ada', 'e', '', { verb: 'edit', rev: 2 });
    expect([await words.team(), await words.rows()]).toEqual([[], 0]);
    await words.say('ada', 'e', 'third words', { verb: 'edit', rev: 3 });
    expect(await words.team()).toEqual(['third words']);
    const remove = {
      id: 'e',
      network: 'facebook',
      verb: 'remove',
      rev: 4,
      occurredAt: new Date(now).toISOString(),
    };
    await app.call('POST', `/brands/${words.brand}/events`, remove);
    await words.say('ada', 'e', 'third words', { verb: 'edit', rev: 3 });
    expect([await words.team(), words.open(), await words.rows()]).toEqual([[], [], 0]);
  });

  it('of several statements of one request is that of the last revision', async () => {
    await words.agree('ada');
    const event = (rev: number, text: string, verb = 'edit') => ({
      ...{ id: 'e', network: 'facebook', kind: 'comment', fan: 'ada', rev, verb, text },
      occurredAt: new Date(now).toISOString(),
    });
    const said = [event(2, 'last'), event(0, 'first', 'add'), event(1, 'middle'), event(2, 'not this')];
    await app.call('POST', `/brands/${words.brand}/events`, said);
    expect([await words.team(), await words.rows()]).toEqual([['last'], 1]);
  });

  it('is cut, and what is cut off is nowhere', async () => {
    await words.agree('ada');
    await words.say('ada', 'long', 'é'.repeat(400));
    expect(await words.team()).toEqual([`${'é'.repeat(279)}…`]);
  });

  it.each([
    ['withdrawing quote', () => words.withdraw('ada', ['quote']), { team: ['bo'], open: ['ada', 'bo'] }],
    ['withdrawing wall', () => words.withdraw('ada', ['wall']), { team: ['ada', 'bo'], open: ['bo'] }],
    ['withdrawing measure', () => words.withdraw('ada', ['measure']), { team: ['bo'], open: ['bo'] }],
    ['withdrawing everything', () => words.withdraw('ada'), { team: ['bo'], open: ['bo'] }],
    ['erasure', () => words.erase('ada'), { team: ['bo'], open: ['bo'] }],
  ])('goes with %s, in its transaction', async (_name, leave, left) => {
    await Promise.all([words.agree('ada'), words.agree('bo')]);
    await words.say('bo', 'b', 'bo');
    now++;
    await words.say('ada', 'a', 'ada');
    await leave();
    expect({ team: await words.team(), open: words.open() }).toEqual(left);
    const rows = await app.database.sql<{ purposes: number }[]>`
      select purposes from excerpt where brand_id = ${brand().id} order by purposes`;
    const expected = new Set([...left.team, ...left.open]).size;
    expect(rows).toHaveLength(expected);
    await app.app.lines.find(words.brand)!.load();
    expect({ team: await words.team(), open: words.open() }).toEqual(left);
  });

  it('goes when a notice takes on a new meaning', async () => {
    await words.agree('ada');
    await words.say('ada', 'a', 'under the old notice');
    const notice = { title: 'Accord', body: 'Nous montrons vos mots.' };
    await app.call('PUT', `/brands/${words.brand}/notices/v2/fr`, notice);
    await app.call('POST', `/brands/${words.brand}/notices/v2/publish`, { newMeaning: true });
    expect([await words.team(), words.open(), await words.rows()]).toEqual([[], [], 0]);
  });

  it('is never shown after 30 days, and deleted by the job of that rule', async () => {
    await words.agree('ada');
    await words.say('ada', 'old', 'three weeks ago', {
      occurredAt: new Date(now - 30 * MINUTE).toISOString(),
    });
    await words.say('ada', 'new', 'now');
    now += 30 * DAY - 10 * MINUTE;
    expect(await words.team()).toEqual(['now']);
    expect(await words.rows()).toBe(2);
    await prune(app.database.sql, brand(), now);
    expect(await words.rows()).toBe(1);
    now += 10 * MINUTE;
    expect([await words.team(), words.open()]).toEqual([[], []]);
    await prune(app.database.sql, brand(), now);
    expect(await words.rows()).toBe(0);
    await words.say('ada', 'late', 'late', { occurredAt: new Date(now - 30 * DAY).toISOString() });
    expect(await words.rows()).toBe(0);
  });

  it('is not shown when its consent has run out, and deleted by the same job', async () => {
    const ending = consent('ada', now - 390 * DAY, { measure: true, quote: true });
    await app.call('POST', `/brands/${words.brand}/consents`, ending);
    await words.say('ada', 'a', 'in the last days');
    expect(await words.team()).toEqual(['in the last days']);
    now += 10 * DAY;
    expect([await words.team(), await words.rows()]).toEqual([[], 1]);
    await prune(app.database.sql, brand(), now);
    expect(await words.rows()).toBe(0);
  });

  it('makes room for an older one when it goes, so that the latest are always shown', async () => {
    await Promise.all([words.agree('ada'), words.agree('bo')]);
    for (let i = 0; i < 60; i++) {
      now++;
      await words.say(i % 6 === 0 ? 'bo' : 'ada', `e${i}`, `said ${i}`);
    }
    const latest = (of: (i: number) => boolean) =>
      Array.from({ length: 60 }, (_, i) => 59 - i)
        .filter(of)
        .slice(0, 50)
        .map((i) => `said ${i}`);
    expect(await words.team()).toEqual(latest(() => true));
    await words.withdraw('bo');
    expect(await words.team()).toEqual(latest((i) => i % 6 !== 0));
    await app.app.lines.find(words.brand)!.load();
    expect(words.open()).toEqual(latest((i) => i % 6 !== 0));
  });

  it('is listed for its fan in plain words, and for nobody else', async () => {
    await words.agree('ada');
    await words.say('ada', 'a', 'good words', { object: 'post-1' });
    const held = async (fan: string) => {
      const { body } = await app.call('POST', `/brands/${words.brand}/fans/held`, {
        network: 'facebook',
        fan,
      });
      return (body as { excerpts: object[] }).excerpts;
    };
    expect(await held('ada')).toEqual([
      {
        ...{
          network: 'facebook',
          kind: 'comment',
          object: 'post-1',
          text: 'good words',
          sentiment: 'positive',
        },
        ...{ at: new Date(now).toISOString(), until: new Date(now + 30 * DAY).toISOString() },
        purposes: ['quote', 'wall'],
      },
    ]);
    expect(await held('bo')).toEqual([]);
    await words.withdraw('ada', ['quote', 'wall']);
    expect(await held('ada')).toEqual([]);
  });

  it('is nowhere in the database in plain text', async () => {
    await words.agree('ada');
    const canary = 'perroquet-violet-7419';
    await words.say('ada', 'a', `un ${canary} parle`);
    expect(await words.team()).toEqual([`un ${canary} parle`]);
    const { sql } = app.database;
    const tables = await sql<{ name: string }[]>`
      select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const forms = [
      canary,
      Buffer.from(canary).toString('hex'),
      Buffer.from(canary).toString('base64').slice(0, 24),
    ];
    expect(tables.length).toBeGreaterThan(10);
    for (const { name } of tables) {
      const rows = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} as t`);
      for (const { row } of rows) for (const form of forms) expect(row.includes(form), name).toBe(false);
    }
  });
});
