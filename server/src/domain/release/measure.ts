import { formatInstant, type Measure } from '@fanfare/contract';
import type { RawMeasure } from '../raw.ts';
import { isHidden } from './hide.ts';

/** Release one value on its own. @param asOf RFC 3339 */
export function releaseValue(raw: RawMeasure, k: number, asOf: string): Measure {
  return releaseMeasure(raw, asOf, isTooNarrow(raw, k));
}

/**
 * Is a value about too few people? So it is when what it was made from is, or when one person makes
 * up more than half of a weighted sum.
 */
export function isTooNarrow({ people, fewest, value, largest }: RawMeasure, k: number): boolean {
  if (k <= 1) return false;
  if (isHidden(people, k) || isHidden(fewest ?? null, k)) return true;
  return largest !== undefined && value !== null && value > 0 && largest * 2 > value;
}

/** Release one value of which it is known whether it is hidden. @param asOf RFC 3339 */
export function releaseMeasure(raw: RawMeasure, asOf: string, hidden: boolean): Measure {
  const { definition, kind } = raw;
  if (hidden) return { value: null, kind, definition, asOf, n: null, suppressed: true };
  const own = raw.asOf === undefined ? asOf : formatInstant(raw.asOf);
  return {
    value: raw.value === null ? null : round(raw.value),
    kind,
    definition,
    asOf: own,
    n: raw.people,
    ...(raw.low === undefined ? {} : { low: round(raw.low) }),
    ...(raw.high === undefined ? {} : { high: round(raw.high) }),
    ...(raw.parts ? { parts: mapValues(raw.parts, round) } : {}),
  };
}

/** Nine decimals: far below any meaning, far above the noise of floating sums. */
export function round(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e9) / 1e9;
}

function mapValues(
  values: Readonly<Record<string, number>>,
  f: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, f(value)]));
}
