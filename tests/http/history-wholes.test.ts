import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { HISTORY_METRICS, type DefinitionId, type History, type HistoryRow } from '@fanfare/contract';
import { chanceOf } from '@fanfare/server/export/random-board.fixture.ts';
import { heldByLedger } from '../drills/support/check-boards.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { naive } from '../support/naive.ts';

const HOUR = 3_600_000;
/** An end of an hour; everything happens in the six before it. */
const END = Date.parse('2026-03-30T11:00:00Z');
const FROM = END - 6 * HOUR;
const KINDS = ['reaction', 'comment', 'share', 'quote', 'mention', 'view'] as const;
const SEED = Number(process.env['SEED'] ?? Math.floor(Date.now() / 86_400_000));
/** Those who act and withdraw. */
const GONE = ['f3', 'f4'];
let shy: TestApp;
beforeAll(async () => {
  shy = await startApp({ clock: () => END - 1_000, k: 10 });
});
afterAll(() => shy.close());

interface Act {
  readonly fan: string;
  readonly at: number;
  readonly more: object;
}

function actsOf(chance: () => number): Act[] {
  const pick = <T>(all: readonly T[]) => all[Math.floor(chance() * all.length)]!;
  const fans = Array.from({ length: 15 }, (_, i) => `f${i}`);
  return Array.from({ length: 400 }, () => ({
    fan: pick(fans),
    at: FROM + Math.floor(chance() * (END - 2_000 - FROM)),
    more: {
      kind: pick(KINDS),
      object: pick(['', 'a', 'b', 'c']) || undefined,
      objectOwner: pick(fans),
      ...(chance() < 0.6 ? { followers: Math.floor(chance() * 1_000) } : {}),
    },
  }));
}

/** Consents and acts of those who are not left out. */
async function play(to: TestApp, brand: string, acts: readonly Act[], without: readonly string[] = []) {
  const fans = [...new Set(acts.map(({ fan }) => fan))].filter((fan) => !without.includes(fan));
  // One of those who stay consents in the middle of it all, and is refused what came before.
  const late = fans.find((fan) => !GONE.includes(fan));
  await to.call(
    'POST',
    `/brands/${brand}/consents`,
    fans.map((fan) =>
      consent(fan, fan === late ? FROM + 2.5 * HOUR : FROM - HOUR, { measure: true, influence: true }),
    ),
  );
  const events = acts.flatMap(({ fan, at, more }, i) =>
    without.includes(fan)
      ? []
      : [{ id: `e${i}`, network: 'facebook', fan, occurredAt: new Date(at).toISOString(), ...more }],
  );
  expect((await to.call('POST', `/brands/${brand}/events`, events)).status).toBe(200);
  return fans;
}

const query = (grain: string) =>
  `metrics.json?from=${new Date(FROM).toISOString()}&to=${new Date(END).toISOString()}&grain=${grain}&metrics=${HISTORY_METRICS.join()}`;
const read = async (to: TestApp, brand: string, grain = 'hour'): Promise<readonly HistoryRow[]> => {
  const { status, body } = await to.call('GET', `/brands/${brand}/${query(grain)}`);
  expect(status).toBe(200);
  return (body as History).rows;
};
const valueOf = (row: HistoryRow, id: DefinitionId) => row.measures[id]!.value;

describe(`what history tells of whole buckets (seed ${SEED})`, () => {
  // With 20,786 a sum of floats in another order of rows is another number.
  it.each([20_786, SEED])(
    'equals a recomputation from the ledger and a brand that never knew who withdrew (%i)',
    async (seed) => {
      const app = await startApp({ clock: () => END - 1_000 });
      onTestFinished(() => app.close());
      const acts = actsOf(chanceOf(seed));
      const brand = await app.makeBrand();
      const fans = await play(app, brand, acts);
      for (const fan of GONE)
        await app.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan });
      const rows = await read(app, brand);
      expect(rows).toHaveLength(6);
      const held = await heldByLedger(app.database.sql);
      for (const row of rows) {
        const [from, to] = [Date.parse(row.from), Date.parse(row.to)];
        const expected = naive(held, [], '1h', to - 1);
        const { parts } = row.measures['reach.potential@1']!;
        expect([valueOf(row, 'reach.potential@1'), parts?.['amplifiers'] ?? 0]).toEqual(expected.potential);
        const influence = row.measures['influence.total@1']!;
        expect(influence.value).toBeCloseTo(expected.influence, 4);
        expect(Object.values(influence.parts!)).toEqual(expected.credits);
        expect(influence.n).toBe(expected.owners);
        const reactions = held.filter(
          ({ kind, occurredAt }) => kind === 'reaction' && occurredAt >= from && occurredAt < to,
        );
        expect(valueOf(row, 'reactions@1')).toBe(reactions.length);
        expect(row.measures['reactions@1']!.n).toBe(new Set(reactions.map(({ fan }) => fan)).size);
        const late = to > FROM + 2.5 * HOUR ? 0 : 1;
        expect(valueOf(row, 'consenting@1')).toBe(fans.length - GONE.length - late);
      }
      expect(Math.max(...rows.map((row) => valueOf(row, 'influence.total@1') ?? 0))).toBeGreaterThan(5);
      const [day] = await read(app, brand, 'day');
      const never = await app.makeBrand();
      await play(app, never, acts, GONE);
      expect(await read(app, never)).toEqual(rows);
      expect((await read(app, never, 'day'))[0]).toEqual(day);
    },
  );

  it('hides what is about too few, and a sum that is mostly one fan’s; by dimension it says nothing', async () => {
    const at = (hour: number) => FROM + hour * HOUR + 60_000;
    const sharers = (hour: number, count: number, first: number) =>
      Array.from({ length: count }, (_, i) => ({
        fan: `f${i}`,
        at: at(hour),
        more: { kind: 'share', followers: i === 0 ? first : 10, campaign: 'c' },
      }));
    const brand = await shy.makeBrand();
    const views = Array.from({ length: 12 }, (_, i) => ({ fan: `f${i}`, at: at(5), more: { kind: 'view' } }));
    await play(shy, brand, [
      // Hidden beside the other two, of whom together too few are known: a day less its other hours is an hour.
      ...sharers(1, 12, 10),
      ...sharers(3, 12, 10),
      ...sharers(4, 12, 10_000),
      ...sharers(5, 9, 10),
      ...views,
    ]);
    const rows = await read(shy, brand);
    const hidden = rows.map((row) => row.measures['reach.potential@1']!.suppressed ?? false);
    expect(hidden).toEqual([false, true, false, false, true, true]);
    expect(valueOf(rows[3]!, 'reach.potential@1')).toBe(120);
    const { body } = await shy.call('GET', `/brands/${brand}/${query('hour')}&by=campaign`);
    for (const row of (body as History).rows)
      for (const id of ['reach.potential@1', 'influence.total@1', 'reactions@1', 'consenting@1'] as const)
        expect(row.measures[id]).toMatchObject({ value: null, n: null });
  });
});
