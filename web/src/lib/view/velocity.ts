import type { Measure } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** How the last quarter of an hour stands against the same one of the weeks before. */
export type Pace =
  | {
      readonly state: 'value';
      readonly ratio: number;
      readonly way: 'faster' | 'slower' | 'usual';
      readonly recent: number;
      /** Engagements usual in this quarter-hour of the week. */
      readonly baseline: number;
      readonly weeks: number;
    }
  | { readonly state: 'suppressed' | 'unavailable' };

/** Below this distance from 1, as it is written, the pace is as usual. */
const USUAL = 0.05;

/** Read velocity@1. */
export function paceOf(measure: Measure | undefined): Pace {
  const reading = readingOf(measure);
  if (reading.state !== 'value') return { state: reading.state };
  const { recent = 0, baseline = 0, weeks = 0 } = measure?.parts ?? {};
  const off = reading.value - 1;
  const way = Math.abs(off) < USUAL ? 'usual' : off > 0 ? 'faster' : 'slower';
  return { state: 'value', ratio: reading.value, way, recent, baseline, weeks };
}
