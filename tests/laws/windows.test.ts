import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, NETWORKS, WINDOWS, fold } from '@fanfare/contract';
import { diff } from '@fanfare/server/domain/board-delta.ts';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { IS_UNLABELLED, type Labelled } from '@fanfare/server/domain/engagement.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { differences, valuesOf } from '../support/compare.ts';
import { naive, type Held } from '../support/naive.ts';

const T0 = Date.parse('2026-03-01T11:59:30Z');
/** A text the model reads as the label of this code; '' for none. */
const TEXT = ['', 'good', 'so', 'bad', ''] as const;
const heading = { brand: 'b', epoch: 'e', seq: 0, demonstration: false };

/** Minutes before (or a few after) now, dense around the edges of the windows. */
const age = fc.oneof(
  fc.integer({ min: -5, max: 8 }),
  fc.constantFrom(4, 5, 59, 60, 61, 1439, 1440, 167 * 60, 168 * 60, 719 * 60, 720 * 60, 721 * 60),
  fc.integer({ min: 0, max: 800 * 60 }),
);
const fact = fc.record({
  slot: fc.integer({ min: 0, max: 14 }),
  gone: fc.boolean(),
  fan: fc.integer({ min: 0, max: 4 }),
  owner: fc.integer({ min: -1, max: 4 }),
  network: fc.integer({ min: 0, max: 2 }),
  kind: fc.integer({ min: 0, max: KINDS.length - 1 }),
  object: fc.constantFrom('', 'o1', 'o2', 'o3'),
  age,
  ms: fc.constantFrom(0, 0, 1, 29_999),
  followers: fc.constantFrom(-1, 0, 10, 20, 500),
  label: fc.integer({ min: 0, max: 4 }),
});
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('put' as const), value: fact }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 2, 5, 59, 60, 700, 1440, 10_000, 50_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('refuse' as const), age }) },
);

describe('the live counts of a brand', () => {
  it('equal the naive recomputation of all five windows after any history', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = T0;
        const counts = new BrandWindows(now);
        const ledger = new Map<number, Labelled>();
        const refused: number[] = [];
        const boards = new Map(
          WINDOWS.map((w) => [
            w,
            release(readBoard(counts, w, now, 0, 1), heading, { audience: 'team', k: 1 }),
          ]),
        );
        for (const s of steps) {
          if (s.type === 'wait') counts.advance((now += s.minutes * 60_000));
          else if (s.type === 'refuse') {
            refused.push(now - s.age * 60_000);
            counts.refuse(Math.floor((now - s.age * 60_000) / 60_000), 1);
          } else {
            const { slot, gone, age: minutes, ms, ...rest } = s.value;
            const after: Labelled | null = gone
              ? null
              : {
                  ...rest,
                  key: (slot + 1).toString(16).padStart(32, '0').split('').reverse().join(''),
                  id: `e${slot}`,
                  rev: 0,
                  occurredAt: Math.floor((now - minutes * 60_000) / 60_000) * 60_000 + ms,
                  reaction: '',
                  model: '',
                  campaign: '',
                  language: '',
                  label: IS_UNLABELLED[rest.kind] ? 0 : rest.label,
                };
            counts.record(ledger.get(slot) ?? null, after);
            if (after) ledger.set(slot, after);
            else ledger.delete(slot);
          }
        }
        for (const w of WINDOWS) {
          const board = release(readBoard(counts, w, now, 0, 1), heading, { audience: 'team', k: 1 });
          expect(
            differences(valuesOf(board), naive([...ledger.values()].map(held), refused, w, now)),
          ).toEqual([]);
          const before = boards.get(w)!;
          expect(fold(before, diff(before, board))).toEqual(board);
        }
      }),
      { numRuns: Number(process.env['RUNS'] ?? 400) },
    );
  });
});

function held(f: Labelled): Held {
  return {
    id: f.id,
    rev: 0,
    verb: 'add',
    network: NETWORKS[f.network]!,
    kind: KINDS[f.kind]!,
    fan: String(f.fan),
    owner: f.owner < 0 ? undefined : String(f.owner),
    object: f.object,
    occurredAt: f.occurredAt,
    ...(f.followers < 0 ? {} : { followers: f.followers }),
    text: TEXT[f.label]!,
  };
}
