import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';

const WEEK = 7 * 1_440;
const T0 = Math.floor(Date.parse('2026-03-02T10:07:00Z') / 60_000);

const put = fc.record({
  slot: fc.integer({ min: 0, max: 12 }),
  fan: fc.integer({ min: 1, max: 4 }),
  gone: fc.boolean(),
  week: fc.integer({ min: 0, max: 5 }),
  back: fc.integer({ min: -1, max: 18 }),
});
const step = fc.oneof(
  { weight: 4, arbitrary: put },
  { weight: 1, arbitrary: fc.record({ wait: fc.constantFrom(1, 3, 15, WEEK) }) },
);

describe('velocity@1 over random histories', () => {
  it('reads what a plain count over the list gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = T0;
        const counts = new BrandWindows(now * 60_000);
        const held = new Map<number, Labelled>();
        for (const s of steps) {
          if ('wait' in s) {
            counts.advance((now += s.wait) * 60_000);
            continue;
          }
          const after = s.gone ? null : fact(s.slot, s.fan, now - s.week * WEEK - s.back);
          counts.record(held.get(s.slot) ?? null, after);
          if (after) held.set(s.slot, after);
          else held.delete(s.slot);
        }
        const minuteOf = (f: Labelled) => f.occurredAt / 60_000;
        const known = [...held.values()].filter(
          (f) => minuteOf(f) <= now && Math.floor(minuteOf(f) / 60) > Math.floor(now / 60) - 720,
        );
        const span = (from: number) => known.filter((f) => minuteOf(f) >= from && minuteOf(f) < from + 15);
        const oldest = Math.min(...known.map(minuteOf));
        const weeks = [1, 2, 3, 4].map((w) => now - 15 - w * WEEK).filter((start) => start >= oldest);
        expect(counts.pace.read(now)).toEqual({
          recent: span(now - 15).length,
          fans: new Set(span(now - 15).map((f) => f.fan)).size,
          before: weeks.map((start) => span(start).length),
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

function fact(slot: number, fan: number, minute: number): Labelled {
  const key = (slot + 1).toString(16).padEnd(32, '0');
  const plain = {
    reaction: '',
    model: '',
    campaign: '',
    language: '',
    object: '',
    owner: -1,
    followers: -1,
    label: 0,
  };
  return { ...plain, key, id: String(slot), rev: 0, network: 0, kind: 0, fan, occurredAt: minute * 60_000 };
}
