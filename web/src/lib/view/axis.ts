import type { OffsetAt } from './buckets.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const STEPS = [
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
] as const;

export interface TimeTicks {
  /** Milliseconds since 1970. */
  readonly at: readonly number[];
  /** Are these days rather than hours? */
  readonly days: boolean;
}

/** Round local instants between two others (milliseconds), at most `most` of them. */
export function timeTicks(from: number, to: number, most: number, offsetAt: OffsetAt): TimeTicks {
  const seconds = (to - from) / 1000;
  const step = STEPS.find((size) => seconds / size <= most) ?? 14 * DAY;
  const at: number[] = [];
  let local = Math.ceil((from / 1000 + offsetAt(from)) / step) * step;
  for (let i = 0; i <= most + 1; i++, local += step) {
    const tick = fromLocal(local, offsetAt);
    if (tick > to) break;
    if (tick >= from && tick !== at.at(-1)) at.push(tick);
  }
  return { at, days: step >= DAY };
}

/** The instant (ms) at which a clock with this offset shows `local` (seconds). */
export function fromLocal(local: number, offsetAt: OffsetAt): number {
  const guess = local - offsetAt(local * 1000);
  return (local - offsetAt(guess * 1000)) * 1000;
}

const TOPS = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8] as const;

/** The least of a few round numbers that is not below `value`: top of a scale that seldom jumps. */
export function niceTop(value: number): number {
  if (!(value > 4)) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = TOPS.find((top) => value <= top * power) ?? 10;
  return Math.round(lead * power);
}

/** Distance of the lines of a scale from 0 to `top`, a whole number: four of them, else two or one. */
export function niceStep(top: number): number {
  return [4, 2].map((parts) => top / parts).find(Number.isInteger) ?? top;
}

/** Where the lines of such a scale are, from 0 to `top`. */
export function linesOf(top: number): number[] {
  const step = niceStep(top);
  return Array.from({ length: Math.round(top / step) + 1 }, (_, i) => i * step);
}

/** Highest of many values, nulls left out; 0 for none. */
export function highest(...lists: readonly (readonly (number | null)[])[]): number {
  let top = 0;
  for (const list of lists) for (const value of list) if (value !== null && value > top) top = value;
  return top;
}
