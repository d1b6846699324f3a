import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Influence, Loyalty, ShareOfVoice } from '@fanfare/contract';
import { playSteps, steps } from '../laws/through-the-door.ts';
import { consent, startApp, type TestApp, type TestOptions } from '../support/app.ts';

/** A Sunday: the week of now began on 2026-02-23, the first of 26 on 2025-09-01. */
const NOW = Date.parse('2026-03-01T12:00:00Z');
const FIRST = Date.parse('2025-09-01T00:00:00Z');
const [DAY, WEEK] = [86_400_000, 7 * 86_400_000];

let app: TestApp | undefined;
let now = NOW;
afterEach(async () => {
  await app?.close();
  app = undefined;
  now = NOW;
});

async function start(options: TestOptions = {}): Promise<TestApp> {
  return (app = await startApp({ clock: () => now, ...options }));
}

/** Consents of these fans to everything, and one reaction of each at each of its days before now. */
async function habits({ call }: TestApp, brand: string, daysOf: Record<string, number[]>): Promise<void> {
  const fans = Object.keys(daysOf);
  const given = { measure: true, influence: true };
  await call(
    'POST',
    `/brands/${brand}/consents`,
    fans.map((fan) => consent(fan, NOW - 300 * DAY, given)),
  );
  const events = fans.flatMap((fan) =>
    daysOf[fan]!.map((days) => ({
      ...{ id: `${fan}-${days}`, network: 'facebook', kind: 'reaction', fan, object: `by ${fan}` },
      occurredAt: new Date(NOW - days * DAY).toISOString(),
    })),
  );
  const { body } = await call('POST', `/brands/${brand}/events`, events);
  expect(body).toMatchObject({ counted: events.length });
}

const loyaltyOf = async ({ call }: TestApp, brand: string): Promise<Loyalty> =>
  (await call('GET', `/brands/${brand}/loyalty`)).body;
const cells = ({ table }: Loyalty) =>
  Object.fromEntries(Object.entries(table).map(([key, of]) => [key, of['rfe@1']!.value]));

describe('GET /brands/:brand/loyalty', () => {
  it('counts fans by hand-worked habits, and a withdrawal at once though the table is kept an hour', async () => {
    const running = await start();
    const brand = await running.makeBrand('maison');
    await habits(running, brand, {
      // Today, and 7 and 14 days ago: 3 weeks. Now and an hour ago in one week: 1 week, under a day.
      a: [0, 7, 14],
      b: [0, 0.04],
      // Last Monday 0:00 and the Sunday before: 2 weeks. 10 days: 1 week. 182 days: before the first Monday.
      c: [6.5, 6.6],
      d: [10],
      e: [182, 200],
    });
    const first = await loyaltyOf(running, brand);
    expect(first).toMatchObject({ brand, from: '2025-09-01T00:00:00.000Z', k: 1 });
    expect(first.total).toMatchObject({ value: 4, n: 4, definition: 'rfe@1', kind: 'computed' });
    expect(cells(first)).toEqual({ '<1/2-3': 1, '<1/1': 1, '<7/2-3': 1, '<30/1': 1 });
    await habits(running, brand, { f: [3] });
    expect(await loyaltyOf(running, brand)).toEqual(first);
    await running.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'a' });
    expect(cells(await loyaltyOf(running, brand))).toEqual({ '<1/1': 1, '<7/1': 1, '<7/2-3': 1, '<30/1': 1 });
    now += 3_600_001;
    expect((await loyaltyOf(running, brand)).asOf).toBe('2026-03-01T13:00:00.001Z');
  });

  it('hides cells about fewer than k fans, and the next one beside a single one', async () => {
    const running = await start({ k: 3 });
    const brand = await running.makeBrand();
    const fans = (name: string, count: number, days: number[]) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}`, days]));
    await habits(running, brand, { ...fans('a', 5, [0]), ...fans('b', 3, [10]), ...fans('c', 2, [40]) });
    const loyalty = await loyaltyOf(running, brand);
    expect(loyalty.total.value).toBe(10);
    expect(cells(loyalty)).toEqual({ '<1/1': 5, '<30/1': null, '<90/1': null });
    expect(loyalty.table['<30/1']!['rfe@1']).toMatchObject({ n: null, suppressed: true });
  });

  it('equals a plain recomputation from the ledger after random histories', async () => {
    const running = await start();
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const brand = await running.makeBrand();
        await playSteps(running, brand, NOW, list);
        const rows = await running.database.sql<{ fan: number; occurred_at: number }[]>`
          select fan, occurred_at from engagement where brand_id = (select id from brand where slug = ${brand})`;
        const own = Map.groupBy(
          rows.filter((row) => row.occurred_at >= FIRST),
          (row) => row.fan,
        );
        const names = [...own.values()].map((list) => {
          const days = (NOW - Math.max(...list.map((row) => row.occurred_at))) / DAY;
          const weeks = new Set(list.map((row) => Math.floor((row.occurred_at - FIRST) / WEEK))).size;
          const recency = ([1, 7, 30, 90].find((most) => days < most) ?? '90+').toString();
          const frequency = weeks === 1 ? '1' : weeks <= 3 ? '2-3' : weeks <= 12 ? '4-12' : '13+';
          return `${recency === '90+' ? '' : '<'}${recency}/${frequency}`;
        });
        const expected = [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]);
        expect(cells(await loyaltyOf(running, brand))).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 10 },
    );
  });

  it('reads the ledger once for many who ask together', async () => {
    // A clock that never says the same twice: a second read would have an instant of its own.
    const running = await start({ clock: () => now++ });
    const brand = await running.makeBrand();
    await habits(running, brand, { a: [0] });
    const all = await Promise.all(Array.from({ length: 20 }, () => loyaltyOf(running, brand)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  });
});

describe('GET /share-of-voice', () => {
  it('divides the engagements of the boards of one window', async () => {
    const running = await start();
    const [a, b] = [await running.makeBrand('maison'), await running.makeBrand('voisine')];
    await habits(running, a, { a: [0, 0.01, 2], b: [0] });
    await habits(running, b, { a: [0, 1] });
    const shares = async (query: string): Promise<ShareOfVoice> =>
      (await running.call('GET', `/share-of-voice?${query}`)).body;
    const day = await shares('brands=maison,voisine&window=24h');
    // Of the last day 3 of maison and 1 of voisine; of 7 days 4 and 2.
    expect(day.brands['maison']).toMatchObject({ value: 0.75, n: 2, parts: { engagements: 3, all: 4 } });
    expect(day.brands['voisine']).toMatchObject({ value: 0.25, n: 1, definition: 'share.of.voice@1' });
    expect((await shares('brands=maison,voisine&window=7d')).brands['voisine']!.value).toBe(0.333333333);
  });

  it('takes 2 to 20 different brands that one may read', async () => {
    const running = await start();
    for (const slug of ['maison', 'voisine']) await running.makeBrand(slug);
    const status = async (query: string) => (await running.call('GET', `/share-of-voice${query}`)).status;
    const many = Array.from({ length: 21 }, (_, i) => `b${i}`).join();
    const bad = [
      '',
      '?brands=maison',
      '?brands=maison,maison',
      `?brands=${many}`,
      '?brands=maison,voisine&window=2h',
    ];
    expect(await Promise.all(bad.map(status))).toEqual([400, 400, 400, 400, 400]);
    expect(await status('?brands=maison,nobody')).toBe(404);
    const visitor = await fetch(`${running.url}/api/v1/share-of-voice?brands=maison,voisine`);
    expect(visitor.status).toBe(401);
  });
});

describe('GET /brands/:brand/influence', () => {
  it('is the board’s own: total, raw counts, h-index, histogram, and nobody alone', async () => {
    const running = await start();
    const brand = await running.makeBrand('maison');
    await habits(running, brand, { a: [0], b: [0], c: [1] });
    await running.call('POST', `/brands/${brand}/events`, [
      ...['b', 'c'].map((fan) => ({
        ...{ id: `s-${fan}`, network: 'facebook', kind: 'share', fan, object: 'by a', objectOwner: 'a' },
        occurredAt: new Date(NOW).toISOString(),
      })),
    ]);
    const { body } = await running.call('GET', `/brands/${brand}/influence`);
    const influence: Influence = body;
    const { measures, breakdowns } = await running.board(brand, '30d');
    expect(influence).toMatchObject({ brand, window: '30d', k: 1, histogram: breakdowns['influence'] });
    expect(influence.measures).toEqual({
      'influence.total@1': measures['influence.total@1'],
      'influence.h@1': measures['influence.h@1'],
    });
    // Two shares now: 2 × 3 = 6, raw weight 6 in "4"; "by a" has 3 fans, "by b" and "by c" one each: h = 1.
    expect(influence.measures['influence.total@1']).toMatchObject({
      ...{ value: 6, n: 1, parts: { reaction: 0, comment: 0, share: 2 } },
    });
    expect(influence.histogram['4']!['influence@1']!.value).toBe(1);
    expect(influence.measures['influence.h@1']!.value).toBe(1);
    await running.call('POST', `/brands/${brand}/fans/withdraw`, {
      ...{ network: 'facebook', fan: 'a', purposes: ['influence'] },
    });
    const after = await running.call('GET', `/brands/${brand}/influence?window=1h`);
    expect(after.body).toMatchObject({
      window: '1h',
      histogram: {},
      measures: { 'influence.total@1': { value: 0 } },
    });
  });
});

describe('GET /brands/:brand/comparison', () => {
  it('is kept for a while, but not beyond a withdrawal', async () => {
    const running = await start();
    const brand = await running.makeBrand();
    await habits(running, brand, { a: [0.06], b: [0.06] });
    const before = async () => {
      const { body } = await running.call('GET', `/brands/${brand}/comparison?window=1h&with=previous`);
      return (body as { measures: Record<string, { value: number }> }).measures['engagements@1']!.value;
    };
    expect(await before()).toBe(2);
    await running.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'a' });
    expect(await before()).toBe(1);
  });
});
