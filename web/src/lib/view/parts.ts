import type { Measure } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** One of the numbers a value is made of, or one that stands beside it. */
export interface Part {
  readonly key: string;
  readonly value: number;
  readonly written: 'count' | 'mean' | 'signed';
  /** Ends of its own 95 % interval. */
  readonly interval?: readonly [low: number, high: number];
}

/**
 * Some parts of a value that is shown, each null where it is left away because it is about too few
 * people: what is missing is never zero. Null when the value itself is not shown.
 */
export function countsOf<K extends string>(
  measure: Measure | undefined,
  keys: readonly K[],
): Readonly<Record<K, number | null>> | null {
  const parts = measure?.parts;
  if (readingOf(measure).state !== 'value' || !parts) return null;
  return Object.fromEntries(keys.map((key) => [key, parts[key] ?? null])) as Record<K, number | null>;
}

const WRITTEN: Readonly<Record<string, Part['written']>> = { baseline: 'mean', messageWeighted: 'signed' };
const END = /(Low|High)$/;

/** The parts of a measure in their order; the ends of an interval stand with the part they belong to. */
export function partsOf(measure: Measure | undefined): Part[] {
  const parts = measure?.parts ?? {};
  return Object.entries(parts).flatMap(([key, value]): Part[] => {
    if (END.test(key) && key.replace(END, '') in parts) return [];
    const [low, high] = [parts[`${key}Low`], parts[`${key}High`]];
    return [
      {
        key,
        value,
        written: WRITTEN[key] ?? 'count',
        ...(low === undefined || high === undefined ? {} : { interval: [low, high] as const }),
      },
    ];
  });
}
