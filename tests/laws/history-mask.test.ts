import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryBucket, HistoryCell, HistoryDay } from '@fanfare/server/domain/history/cell.ts';
import { maskDay, type DayMask } from '@fanfare/server/domain/history/mask.ts';
import { isHidden } from '@fanfare/server/domain/suppression.ts';
import { Bounds } from './bounds.ts';

const HOUR = 3_600_000;
const K = 10;
const RUNS = Number(process.env['RUNS'] ?? 2_000);
const KEYS = ['a', 'b', 'c'];

const cell = (engagements: number, fans: number): HistoryCell => ({
  ...{ engagements, fans, positive: 0, neutral: 0, negative: 0 },
  ...{ opinions: 0, mean: null, held: true },
});
const of = (one: HistoryCell) => ({ count: one.engagements, people: one.fans });

/** A day of acts: the hour, the key and the fan of each. */
interface Act {
  readonly hour: number;
  readonly key: string;
  readonly fan: number;
}

function bucket(from: number, to: number, acts: readonly Act[]): HistoryBucket {
  const count = (own: readonly Act[]) => cell(own.length, new Set(own.map(({ fan }) => fan)).size);
  const keys = Map.groupBy(acts, ({ key }) => key);
  const cells = new Map([...keys].filter(([key]) => key !== '').map(([key, own]) => [key, count(own)]));
  const rest = keys.has('') ? count(keys.get('')!) : null;
  return {
    from,
    to,
    total: count(acts),
    cells,
    rest,
    refused: 0,
    refusedBy: new Map(),
    ...{ cut: false, whole: null, consenting: null },
  };
}

function dayOf(acts: readonly Act[]) {
  const hours = Array.from({ length: 24 }, (_, hour) =>
    bucket(
      hour * HOUR,
      (hour + 1) * HOUR,
      acts.filter((act) => act.hour === hour),
    ),
  );
  return { day: bucket(0, 24 * HOUR, acts), hours };
}

const days = fc
  .array(
    fc.record({
      hour: fc.constantFrom(8, 9, 10, 20),
      key: fc.constantFrom(...KEYS, ''),
      fans: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 8, max: 30 })),
      first: fc.constantFrom(0, 0, 20),
    }),
    { maxLength: 10 },
  )
  .map((groups) =>
    groups.flatMap(({ hour, key, fans, first }) =>
      Array.from({ length: fans }, (_, i): Act => ({ hour, key, fan: first + i })),
    ),
  )
  .map(dayOf);

/** What subtraction over all that is shown of a day pins of what is about too few: nothing, one hopes. */
function pinned({ day, hours }: HistoryDay, mask: DayMask): string[] {
  const known = new Bounds();
  const tell = (name: string, hidden: boolean, one = cell(0, 0)) => {
    const value = hidden ? null : ([one.engagements, one.engagements] as const);
    return known.name(name, value, one.fans === 0 || one.fans >= K, one.engagements > 0 ? 1 : 0);
  };
  const keys = [...day.cells.keys()];
  const told = [...hours, day].map((bucket, i) => {
    const own = [...mask.hours, mask.day][i]!;
    const total = tell(`${i} total`, own.total, bucket.total);
    const cells = keys.map((key) => tell(`${i} ${key}`, own.cells.has(key), bucket.cells.get(key)));
    // Only a day without a rest shows that its hours have none.
    const rest = known.name(`${i} rest`, day.rest ? null : [0, 0], true);
    known.sum(total, [...cells, rest]);
    return { total, rest, cells };
  });
  const whole = told.pop()!;
  const of = (i: number) => told.map(({ cells }) => cells[i]!);
  known.sum(
    whole.total,
    told.map(({ total }) => total),
  );
  known.sum(
    whole.rest,
    told.map(({ rest }) => rest),
  );
  keys.forEach((_, i) => known.sum(whole.cells[i]!, of(i)));
  return known.pinned();
}

describe('what is hidden of a day and its hours', () => {
  it('is everything about fewer than k people, and what would tell it by subtraction', () => {
    let hidden = 0;
    fc.assert(
      fc.property(days, ({ day, hours }) => {
        const mask = maskDay({ day, hours }, 'campaign', K, of);
        const few = (one: HistoryCell | undefined) => one !== undefined && one.fans > 0 && one.fans < K;
        expect(few(day.total) && !mask.day.total).toBe(false);
        hours.forEach((hour, i) => {
          const own = mask.hours[i]!;
          expect(few(hour.total) && !own.total).toBe(false);
          for (const [key, one] of hour.cells) {
            if (few(one) || own.total || mask.day.cells.has(key)) expect(own.cells.has(key)).toBe(true);
          }
          hidden += own.cells.size;
        });
        expect(pinned({ day, hours }, mask)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    // Days that hide nothing would prove nothing.
    expect(hidden).toBeGreaterThan(1_000);
  });

  it('would be told by an attack if every number stood alone', () => {
    const naive = (bucket: HistoryBucket) => ({
      total: isHidden(bucket.total.fans, K),
      cells: new Set([...bucket.cells].flatMap(([key, { fans }]) => (isHidden(fans, K) ? [key] : []))),
    });
    const { failed } = fc.check(
      fc.property(days, ({ day, hours }) => {
        expect(pinned({ day, hours }, { day: naive(day), hours: hours.map(naive) })).toEqual([]);
      }),
    );
    expect(failed).toBe(true);
  });

  it('is nothing when suppression is off', () => {
    fc.assert(
      fc.property(days, (day) => {
        const mask = maskDay(day, 'campaign', 1, of);
        expect([mask.day, ...mask.hours].every(({ total, cells }) => !total && cells.size === 0)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('spares what is about enough people', () => {
    const acts = (hour: number, key: string, fans: number) =>
      Array.from({ length: fans }, (_, fan): Act => ({ hour, key, fan }));
    const day = dayOf([...acts(8, 'a', 30), ...acts(8, 'b', 12), ...acts(9, 'a', 11), ...acts(10, 'c', 40)]);
    const mask = maskDay(day, 'kind', K, of);
    expect(mask.hours.some(({ total, cells }) => total || cells.size > 0)).toBe(false);
  });
});
