import { EXPLORE_DAYS, EXPLORE_STEPS } from '@fanfare/contract';
import { addDays, formatDay, minuteOfDay, startOfDay, type Day } from '../local-day.ts';
import { QUARTER } from './shape.ts';

/** Some days of a zone, one after the other, in steps. */
export interface Period {
  readonly first: Day;
  readonly last: Day;
  /** Starts (ms) of the days, and the end of the last. */
  readonly edges: readonly number[];
  /** Starts (ms) of the steps. */
  readonly steps: readonly number[];
  readonly zone: string;
}

/** Periods made before: where the days of a year start is asked of the zone's clocks day by day. */
const made = new Map<string, Period>();
const MOST_MADE = 64;

/** The days that end with `last`. @param days one of EXPLORE_DAYS @param zone IANA name */
export function periodOf(last: Day, days: number, zone: string): Period {
  const name = `${formatDay(last)} ${days} ${zone}`;
  const known = made.get(name);
  if (known) return known;
  if (made.size >= MOST_MADE) made.clear();
  const period = makePeriod(last, days, zone);
  made.set(name, period);
  return period;
}

function makePeriod(last: Day, days: number, zone: string): Period {
  const length = EXPLORE_DAYS.find((one) => one === days) ?? EXPLORE_DAYS[0];
  const first = addDays(last, 1 - length);
  const edges = Array.from({ length: length + 1 }, (_, i) => startOfDay(addDays(first, i), zone));
  const steps = edges.slice(0, -1).filter((_, i) => i % EXPLORE_STEPS[length] === 0);
  return { first, last, edges, steps, zone };
}

/** What a quarter outside of the period stands for in `placesOf`. */
export const OUTSIDE = -1;

/**
 * For each quarter from `start` on, hour of the day and step × 32.
 * @param start UTC quarters since 1970 @param size quarters
 */
export function placesOf({ edges, steps, zone }: Period, start: number, size = 65_536): Int16Array {
  const places = new Int16Array(size).fill(OUTSIDE);
  const length = (edges.length - 1) / steps.length;
  for (let day = 0; day + 1 < edges.length; day++) {
    const [from, to] = [edges[day]!, edges[day + 1]!];
    const plain = to - from === 86_400_000;
    const step = 32 * Math.floor(day / length);
    for (let at = from; at < to; at += QUARTER) {
      const place = Math.floor(at / QUARTER) - start;
      if (place < 0 || place >= size) continue;
      // Only where clocks change, the zone has to be asked again.
      const minute = plain ? (at - from) / 60_000 : minuteOfDay(at, zone);
      places[place] = step + Math.floor(minute / 60);
    }
  }
  return places;
}
