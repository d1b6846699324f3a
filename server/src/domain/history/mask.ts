import type { HistoryDimension } from '@fanfare/contract';
import { hiddenCells, isHidden, type Around } from '../release/hide.ts';
import { Pins } from '../release/pins.ts';
import { completeBuckets } from '../release/series.ts';
import type { HistoryBucket, HistoryCell, HistoryDay } from './cell.ts';

/** The number a mask is made for: how many it counts, about how many people. */
export type Subject = (cell: HistoryCell) => { readonly count: number; readonly people: number };

/** What is hidden of one bucket. */
export interface BucketMask {
  readonly total: boolean;
  readonly cells: ReadonlySet<string>;
}

/** What is hidden of a day and of each of its hours. */
export interface DayMask {
  readonly day: BucketMask;
  readonly hours: readonly BucketMask[];
}

/**
 * Which numbers of a day are hidden. Days and hours can both be asked for, and hours add up to the
 * day as keys add up to the bucket: whatever is hidden has company in both directions, what is
 * hidden of the day is hidden in each of its hours, and all of it is the same whatever is asked. At
 * last the sums are put together as a reader could; where they tell too much, no hour shows keys.
 * @param k people below which a number is hidden
 */
export function maskDay(raw: HistoryDay, by: HistoryDimension | null, k: number, of: Subject): DayMask {
  const { day, hours } = raw;
  const total = isHidden(of(day.total).people, k);
  const cells = cellsHidden(day, by, k, of, total, new Set());
  const totals = hours.map((hour) => isHidden(of(hour.total).people, k));
  const people = hours.map((hour) => of(hour.total).people);
  if (!total) completeBuckets(people, totals, k);
  const maskOf = (hidden: readonly ReadonlySet<string>[]): DayMask => ({
    day: { total, cells },
    hours: hours.map((_, i) => ({ total: totals[i]!, cells: hidden[i]! })),
  });
  if (by === null || k <= 1) return maskOf(hours.map(() => new Set()));
  const mask = maskOf(hiddenByHour(raw, by, k, of, totals, cells));
  return tells(raw, mask, k, of) ? maskOf(hours.map(() => new Set(day.cells.keys()))) : mask;
}

function hiddenByHour(
  { day, hours }: HistoryDay,
  by: HistoryDimension,
  k: number,
  of: Subject,
  totals: readonly boolean[],
  inDay: ReadonlySet<string>,
): Set<string>[] {
  const keys = [...day.cells.keys()].filter((key) => !inDay.has(key)).sort();
  let cells = hours.map((hour, i) => cellsHidden(hour, by, k, of, totals[i]!, inDay));
  for (let grown = true; grown;) {
    const before = sizes(cells);
    for (const key of keys) alongHours(hours, cells, key, k, of);
    cells = hours.map((hour, i) => {
      const own = cellsHidden(hour, by, k, of, totals[i]!, cells[i]!);
      for (const key of cells[i]!) own.add(key);
      // A single one is the total less the others: a key without anything keeps it company.
      const other = own.size === 1 && !hour.rest ? keys.find((key) => !own.has(key)) : undefined;
      return other === undefined ? own : own.add(other);
    });
    grown = sizes(cells) > before;
  }
  return cells;
}

/** Keys of one bucket that are hidden, those of `already` that it has among them. */
function cellsHidden(
  bucket: HistoryBucket,
  by: HistoryDimension | null,
  k: number,
  of: Subject,
  all: boolean,
  already: ReadonlySet<string>,
): Set<string> {
  const keys = [...bucket.cells.keys()];
  if (all) return new Set(keys);
  const subjects = keys.map((key) => of(bucket.cells.get(key)!));
  const people = subjects.map((subject) => subject.people);
  const counts = subjects.map((subject) => subject.count);
  const hidden = keys.map((key) => already.has(key));
  const mask = hiddenCells(people, k, { counts, hidden, ...around(bucket, by, of) });
  return new Set(keys.filter((_, i) => mask[i]));
}

/** A fan is on one network only, but can be of many kinds, campaigns and languages. */
function around(bucket: HistoryBucket, by: HistoryDimension | null, of: Subject): Around {
  if (by === 'network') return {};
  const { total, rest, cells } = bucket;
  const left = rest ? of(rest) : null;
  // Of a frozen day only the people of its hours are known: the largest cell is all that is sure.
  const isDay = bucket.to - bucket.from > 3_600_000;
  const largest = () => [...cells.values()].reduce((most, cell) => Math.max(most, of(cell).people), 0);
  const whole = isDay && !total.held ? largest() : of(total).people;
  return { whole, ...(left ? { rest: left } : {}) };
}

/** One key through the hours of its day: nothing hidden may be the only one. */
function alongHours(
  hours: readonly HistoryBucket[],
  cells: readonly Set<string>[],
  key: string,
  k: number,
  of: Subject,
): void {
  const people = hours.map((hour) => {
    const cell = hour.cells.get(key);
    return cell ? of(cell).people : 0;
  });
  const mask = cells.map((hidden) => hidden.has(key));
  completeBuckets(people, mask, k);
  mask.forEach((is, i) => {
    if (is) cells[i]!.add(key);
  });
}

/** Do the sums of what is shown leave one value only for a number about too few? */
function tells({ day, hours }: HistoryDay, mask: DayMask, k: number, of: Subject): boolean {
  const pins = new Pins();
  const few: number[] = [];
  const tell = (cell: HistoryCell | undefined, hidden: boolean): number => {
    const { count, people } = cell ? of(cell) : { count: 0, people: 0 };
    const number = pins.number(hidden ? null : count, Math.min(count, 1));
    if (isHidden(people, k)) few.push(number);
    return number;
  };
  const keys = [...day.cells.keys()];
  const table = [day, ...hours].map((bucket, i) => {
    const own = i === 0 ? mask.day : mask.hours[i - 1]!;
    const total = tell(bucket.total, own.total);
    const cells = keys.map((key) => tell(bucket.cells.get(key), own.cells.has(key)));
    // Nobody is told what a bucket's rest is; that a day has none can be seen.
    const rest = pins.number(day.rest ? null : 0);
    pins.sum(total, [...cells, rest]);
    return [total, rest, ...cells];
  });
  const [whole, ...parts] = table;
  whole!.forEach((total, i) =>
    pins.sum(
      total,
      parts.map((part) => part[i]!),
    ),
  );
  pins.settle();
  return few.some((number) => pins.isPinned(number));
}

function sizes(cells: readonly ReadonlySet<string>[]): number {
  return cells.reduce((sum, { size }) => sum + size, 0);
}
