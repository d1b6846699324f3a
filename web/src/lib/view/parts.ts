import type { Measure } from '@fanfare/contract';

/** One of the numbers a value is made of, or one that stands beside it. */
export interface Part {
  readonly key: string;
  readonly value: number;
  readonly written: 'count' | 'mean' | 'signed';
  /** Ends of its own 95 % interval. */
  readonly interval?: readonly [low: number, high: number];
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
