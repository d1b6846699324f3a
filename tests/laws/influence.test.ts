import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, WINDOWS, WINDOW_SHAPES } from '@fanfare/contract';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import { fanInfluence, influenceHistogram, totalInfluence } from '@fanfare/server/domain/influence.ts';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';

const T0 = Date.parse('2026-03-01T11:59:30Z');
const WEIGHT: Readonly<Record<string, number>> = { reaction: 1, comment: 2, share: 3, quote: 3, mention: 3 };
const DAYS_7 = 7 * 86_400_000;

type Put = typeof put extends fc.Arbitrary<infer T> ? T : never;

const age = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc.constantFrom(59, 60, 61, 1439, 1440, 168 * 60, 719 * 60, 720 * 60),
  fc.integer({ min: 0, max: 760 * 60 }),
);
const put = fc.record({
  type: fc.constant('put' as const),
  slot: fc.integer({ min: 0, max: 19 }),
  fan: fc.integer({ min: 1, max: 5 }),
  owner: fc.integer({ min: -1, max: 5 }),
  kind: fc.constantFrom('reaction', 'comment', 'share', 'mention', 'follow'),
  object: fc.constantFrom('', 'o1', 'o2', 'o3', 'o4'),
  age,
});
const step = fc.oneof(
  { weight: 8, arbitrary: put },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), slot: fc.nat(19) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom('withdraw' as const, 'disown' as const),
      fan: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 59, 1_440, 9_000, 50_000),
    }),
  },
);

/** The credits of a window by the words of the definition, off the plain list: earliest first. */
function naiveCredits(rows: readonly Labelled[], window: (typeof WINDOWS)[number], now: number) {
  const { grain, buckets } = WINDOW_SHAPES[window];
  const bucketOf = (ms: number) => Math.floor(ms / 60_000 / grain);
  const inside = rows
    .filter((row) => bucketOf(row.occurredAt) > bucketOf(now) - buckets)
    .sort((a, b) => a.occurredAt - b.occurredAt);
  const credited = inside.filter(
    ({ owner, fan, object, kind }) => owner >= 0 && owner !== fan && object && KINDS[kind]! in WEIGHT,
  );
  const distinct = Map.groupBy(credited, ({ fan, object, kind, owner }) => [fan, object, kind, owner].join());
  return {
    inside,
    credits: [...distinct.values()].map(([first]) => ({
      owner: first!.owner,
      weight: WEIGHT[KINDS[first!.kind]!]!,
      left: 2 ** -((now - bucketOf(first!.occurredAt) * grain * 60_000) / DAYS_7),
    })),
  };
}

describe('influence over random histories with withdrawals of actors and owners', () => {
  it('is per fan, in total, in the histogram and in the h-index what the plain list says', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let now = T0;
        const counts = new BrandWindows(now);
        const ledger = new Map<number, Labelled>();
        const set = (slot: number, after: Labelled | null) => {
          counts.record(ledger.get(slot) ?? null, after);
          if (after) ledger.set(slot, after);
          else ledger.delete(slot);
        };
        for (const s of steps) {
          if (s.type === 'wait') counts.advance((now += s.minutes * 60_000));
          else if (s.type === 'put') set(s.slot, toLabelled(s, now));
          else if (s.type === 'remove') set(s.slot, null);
          else {
            for (const [slot, row] of [...ledger]) {
              if (s.type === 'withdraw' && row.fan === s.fan) set(slot, null);
              else if (row.owner === s.fan) set(slot, { ...row, owner: -1 });
            }
          }
        }
        WINDOWS.forEach((window, w) => {
          const { inside, credits } = naiveCredits([...ledger.values()], window, now);
          const byOwner = Map.groupBy(credits, (credit) => credit.owner);
          const ranked = fanInfluence(counts.credits, w, counts.minute, now);
          expect(new Set(ranked.map(({ fan }) => fan))).toEqual(new Set(byOwner.keys()));
          for (const { fan, score, reaction, comment, share, rank } of ranked) {
            const own = byOwner.get(fan)!;
            const count = (weight: number) => own.filter((credit) => credit.weight === weight).length;
            expect([reaction, comment, share]).toEqual([count(1), count(2), count(3)]);
            expect(score).toBeCloseTo(
              own.reduce((sum, credit) => sum + credit.weight * credit.left, 0),
              9,
            );
            expect(rank).toBe(1 + ranked.filter((other) => other.score > score).length);
          }
          const total = totalInfluence(counts.credits, w, counts.minute, now);
          expect(total.value).toBeCloseTo(
            ranked.reduce((sum, row) => sum + row.score, 0),
            9,
          );
          expect(total.people).toBe(byOwner.size);
          const raw = [...byOwner.values()].map((own) => own.reduce((sum, credit) => sum + credit.weight, 0));
          const bins = Map.groupBy(raw, (weight) => String(2 ** Math.floor(Math.log2(weight))));
          const shown = influenceHistogram(counts.credits, w).map(({ key, people }) => [key, people]);
          expect(Object.fromEntries(shown)).toEqual(
            Object.fromEntries([...bins].map(([key, list]) => [key, list.length])),
          );
          const objects = Map.groupBy(
            inside.filter(({ object }) => object),
            ({ object }) => object,
          );
          const reach = [...objects.values()].map((rows) => new Set(rows.map(({ fan }) => fan)).size);
          const h = [5, 4, 3, 2, 1, 0].find((size) => reach.filter((fans) => fans >= size).length >= size);
          const board = readBoard(counts, window, now, 0, 1);
          expect(board.measures.find(({ definition }) => definition === 'influence.h@1')!.value).toBe(h);
        });
      }),
      { numRuns: Number(process.env['RUNS'] ?? 400) },
    );
  });
});

function toLabelled({ slot, fan, owner, kind, object, age: minutes }: Put, now: number): Labelled {
  return {
    key: (slot + 1).toString(16).padEnd(32, '0'),
    id: `e${slot}`,
    ...{ rev: 0, network: 0, followers: -1, reaction: '', label: 0, model: '', campaign: '', language: '' },
    ...{ kind: KINDS.findIndex((name) => name === kind), fan, owner, object },
    occurredAt: Math.floor(now / 60_000 - minutes) * 60_000,
  };
}
