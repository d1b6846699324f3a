import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExploreFilter } from '@fanfare/contract';
import type { ToldPeriod } from './ask.ts';
import type { Explored } from './explored.ts';
import { PERIOD, actOf, batchOf, crowds, exploredOf, keysOf } from './crowd.fixture.ts';
import type { ExploredAct } from './row-batch.ts';
import { axisOf } from './shape.ts';

const filter = fc.record({
  by: fc.constantFrom('network', 'kind', 'campaign', 'language', 'hour'),
  place: fc.nat(1),
  not: fc.boolean(),
});
const KEYS = {
  ...{ network: ['facebook', 'threads'], kind: ['reaction', 'comment'], campaign: ['', 'noel'] },
  ...{ language: ['fr', 'en'], hour: ['9', '20'] },
} as const;
const filters = fc
  .uniqueArray(filter, { maxLength: 3, selector: ({ by }) => by })
  .map((list) => list.map(({ by, place, not }): ExploreFilter => ({ by, key: KEYS[by][place]!, not })));

/** The same, counted act by act. */
function byHand(list: readonly ExploredAct[], asked: readonly ExploreFilter[]): ToldPeriod {
  const rows = list.flatMap((act) => {
    const keys = keysOf(act);
    return keys ? [{ fan: act.fan, keys }] : [];
  });
  const passing = (but: number) =>
    rows.filter(({ keys }) =>
      asked.every(({ by, key, not }) => axisOf(by) === but || (keys[axisOf(by)] === key) !== not),
    );
  const told = (some: typeof rows) => ({
    engagements: some.length,
    fans: new Set(some.map(({ fan }) => fan)).size,
  });
  const tables = Array.from({ length: 6 }, (_, axis) => {
    const some = passing(axis);
    const keys = [...new Set(some.map((row) => row.keys[axis]!))].sort();
    return keys.map((key) => ({ key, ...told(some.filter((row) => row.keys[axis] === key)) }));
  });
  return { total: told(passing(-1)), tables };
}

const sorted = ({ total, tables }: ToldPeriod): ToldPeriod => ({
  total,
  tables: tables.map((rows) => [...rows].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1))),
});
const exactly = (explored: Explored, list: readonly ExploredAct[], asked: readonly ExploreFilter[]) =>
  expect(sorted(explored.ask(PERIOD, asked, 1))).toEqual(byHand(list, asked));
describe('Explore', () => {
  it('is what counting act by act gives', () => {
    fc.assert(
      fc.property(crowds(120, 20), filters, (list, asked) => {
        exactly(exploredOf(list), list, asked);
      }),
      { numRuns: 60 },
    );
  });

  it('stays so while acts come, change and go, and a fan who leaves was never there', () => {
    fc.assert(
      fc.property(
        crowds(80, 12),
        crowds(40, 16),
        filters,
        fc.infiniteStream(fc.boolean()),
        (old, fresh, asked, coin) => {
          const explored = exploredOf(old);
          const going = [...old, ...fresh].filter(() => coin.next().value);
          const staying = [...old, ...fresh];
          for (const act of going) staying.splice(staying.indexOf(act), 1);
          expect(explored.apply([batchOf(fresh, 1)])).toBe(true);
          expect(explored.apply([batchOf(going, -1)])).toBe(true);
          exactly(explored, staying, asked);
          expect(
            explored.apply([
              batchOf(
                staying.filter(({ fan }) => fan === 3),
                -1,
              ),
            ]),
          ).toBe(true);
          exactly(
            explored,
            staying.filter(({ fan }) => fan !== 3),
            asked,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('puts what has come among the rest when it has become much', () => {
    const list = fc.sample(crowds(90, 9), { numRuns: 1, seed: 7 })[0]!;
    const explored = exploredOf(list);
    const many = Array.from({ length: 1_300 }, () => list).flat();
    for (let i = 0; i < many.length; i += 30_000) explored.apply([batchOf(many.slice(i, i + 30_000), 1)]);
    exactly(explored, [...list, ...many], [{ by: 'kind', key: 'reaction', not: true }]);
    explored.apply([batchOf(many.slice(0, 30_000), -1)]);
    exactly(explored, [...list, ...many.slice(30_000)], []);
  });

  it('says so when a change does not fit what is held', () => {
    const [act] = fc.sample(crowds(5, 3), { numRuns: 20, seed: 3 }).flat();
    expect(exploredOf([act!]).apply([batchOf([act!, act!], -1)])).toBe(false);
  });

  it('hides at which hours some few acted, and nothing else of the table', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => hour);
    const act = (fan: number, hour: number, campaign: string, language: string) =>
      actOf({ fan, hour, campaign, language, kind: 0, quarter: 96 });
    // One act each at twelve hours tells of each hour that it is one.
    const list = [
      ...hours.slice(0, 12).map((hour) => act(hour, hour, 'rare', 'en')),
      ...['', 'noel', 'rare'].flatMap((campaign) =>
        ['fr', 'de'].flatMap((language) =>
          hours.flatMap((hour) => hours.map((fan) => act(fan, hour, campaign, language))),
        ),
      ),
      ...['', 'noel'].flatMap((campaign) =>
        hours.flatMap((hour) => hours.map((fan) => act(fan, hour, campaign, 'en'))),
      ),
    ];
    const byHour = (campaign: string, language: string) =>
      exploredOf(list)
        .ask(
          PERIOD,
          [
            { by: 'campaign', key: campaign, not: false },
            { by: 'language', key: language, not: false },
          ],
          10,
        )
        .tables[axisOf('hour')]!.map(({ engagements }) => engagements);
    expect(byHour('noel', 'de')).toEqual(hours.map(() => 24));
    expect(byHour('rare', 'en').filter((told) => told !== null)).toEqual([]);
  });
});
