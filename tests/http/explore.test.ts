import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exploration, ExploreRow } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');
let now = NOW;
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock: () => now });
});
afterAll(() => app.close());

const event = (id: number, fan: string, more: object = {}) => ({
  ...{ id: `e${id}`, network: 'facebook', kind: 'comment', fan, lang: 'fr' },
  ...{ occurredAt: new Date(NOW - (1 + (id % 5)) * DAY).toISOString() },
  ...more,
});

async function brandOf(here: TestApp, fans: readonly string[]) {
  const brand = await here.makeBrand();
  const at = `/brands/${brand}`;
  const grants = fans.map((fan) => consent(fan, NOW - 300 * DAY));
  await here.call('POST', `${at}/consents`, grants);
  return {
    at,
    send: (events: readonly object[]) => here.call('POST', `${at}/events`, events),
    ask: async (query = ''): Promise<Exploration> => {
      for (;;) {
        const { status, body } = await here.call('GET', `${at}/explore?${query}`);
        if (status === 202) continue;
        expect([status, body]).toEqual([200, body]);
        return body;
      }
    },
  };
}

const counts = (rows: readonly Pick<ExploreRow, 'key' | 'measures'>[]) =>
  rows.map(({ key, measures }) => [key, measures['engagements@1']!.value, measures['reach.active@1']!.value]);

describe('GET /brands/:brand/explore', () => {
  it('follows the ledger: events, edits, removals, a withdrawal, one who comes back, late events', async () => {
    const fans = ['a', 'b', 'c'];
    const { at, send, ask } = await brandOf(app, fans);
    await send([
      ...fans.map((fan, i) => event(i, fan)),
      event(10, 'a', { kind: 'share', campaign: 'noel' }),
      event(11, 'stranger'),
    ]);
    const first = await ask('days=7');
    expect(counts(first.tables.kind)).toEqual([
      ['comment', 3, 3],
      ['share', 1, 1],
    ]);
    expect(counts(first.tables.campaign)).toEqual([
      ['', 3, 3],
      ['noel', 1, 1],
    ]);
    // What comes once the columns are held.
    await send([
      event(20, 'b', { kind: 'quote' }),
      event(1, 'b', { rev: 1, verb: 'edit', campaign: 'noel' }),
      event(2, 'c', { rev: 1, verb: 'remove' }),
      event(21, 'c', { occurredAt: new Date(NOW - 20 * DAY).toISOString() }),
    ]);
    const then = await ask('days=28&only.campaign=noel');
    expect(counts(then.tables.kind)).toEqual([
      ['comment', 1, 1],
      ['share', 1, 1],
    ]);
    expect(then.total.measures['reach.active@1']!.value).toBe(2);
    expect(counts((await ask('days=28&not.campaign=noel')).tables.kind)).toEqual([
      ['comment', 2, 2],
      ['quote', 1, 1],
    ]);
    await app.call('POST', `${at}/fans/withdraw`, { network: 'facebook', fan: 'b' });
    const without = await ask('days=28');
    expect(without.total.measures['engagements@1']!.value).toBe(3);
    expect(counts(without.tables.kind)).toEqual([
      ['comment', 2, 2],
      ['share', 1, 1],
    ]);
    await app.call('POST', `${at}/fans/erase`, { network: 'facebook', fan: 'a' });
    now = NOW + DAY / 4;
    await app.call('POST', `${at}/consents`, [consent('b', now - DAY / 8)]);
    await send([event(0, 'b', { id: 'new', occurredAt: new Date(now - DAY / 16).toISOString() })]);
    expect(counts((await ask('days=28')).tables.kind)).toEqual([['comment', 2, 2]]);
    now = NOW;
  });

  it('compares, tells each day, and the hour on the clocks of the brand', async () => {
    const { send, ask } = await brandOf(app, ['a']);
    await send([
      event(1, 'a', { occurredAt: '2026-11-20T23:30:00Z' }),
      event(2, 'a', { occurredAt: '2026-11-14T09:00:00Z' }),
      event(3, 'a', { occurredAt: '2026-11-13T09:00:00Z' }),
    ]);
    const week = await ask('days=7&with=previous');
    expect(week.total.before!['engagements@1']!.value).toBe(2);
    expect(counts(week.tables.hour)).toEqual([['0', 1, 1]]);
    expect(week.period).toEqual({
      ...{ first: '2026-11-16', last: '2026-11-22' },
      ...{ from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' },
    });
    expect(week.series.map(({ measures }) => measures['engagements@1']!.value)).toEqual([
      0, 0, 0, 0, 0, 1, 0,
    ]);
    expect(week.series.map(({ before }) => before!['engagements@1']!.value)).toEqual([0, 0, 0, 0, 1, 1, 0]);
    expect((await ask('days=364&with=previous')).before).toBeNull();
  });

  it('hides what is about few, and keeps nothing in a cache', async () => {
    const shy = await startApp({ clock: () => NOW, k: 10 });
    const fans = Array.from({ length: 30 }, (_, i) => `f${i}`);
    const { at, send, ask } = await brandOf(shy, fans);
    await send([
      ...fans.map((fan, i) => event(i, fan)),
      ...fans.slice(0, 4).map((fan, i) => event(100 + i, fan, { kind: 'share' })),
    ]);
    const { tables, total } = await ask();
    expect(total.measures['engagements@1']!.value).toBe(34);
    expect(tables.kind.map(({ measures }) => measures['engagements@1']!.suppressed)).toEqual([true, true]);
    expect((await ask('only.kind=share')).total.measures['engagements@1']!.value).toBeNull();
    expect((await ask('not.kind=share')).total.measures['engagements@1']!.value).toBeNull();
    const answer = await fetch(`${shy.url}/api/v1${at}/explore`);
    expect(answer.status).toBe(401);
    await shy.close();
  });

  it('names what is wrong in a question', async () => {
    const { at } = await brandOf(app, []);
    for (const [query, field] of [
      ['days=3', 'days'],
      ['until=2026-13-01', 'until'],
      ['until=2026-12-01', 'until'],
      ['until=2025-11-01', 'until'],
      ['with=x', 'with'],
      ['only.network=myspace', 'only.network'],
      ['only.kind=share&only.kind=view', 'only.kind'],
      ['only.kind=share&not.kind=view', 'not.kind'],
      ['only.hour=24', 'only.hour'],
      ['not.campaign=%25E0', 'not.campaign'],
      ['only.kind=share&only.network=x&only.language=fr&only.hour=3', 'only.hour'],
    ]) {
      const { status, body } = await app.call('GET', `${at}/explore?${query}`);
      expect([query, status, (body as { detail: string }).detail.split(':')[0]]).toEqual([query, 400, field]);
    }
  });
});
