import type { Measure } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** How a value moved against the one it is compared with. */
export type Change =
  /** `by`: share of the value before (0.18 = 18 %) or, on the scale of points, points. */
  | { readonly way: 'up' | 'down'; readonly by: number }
  | { readonly way: 'same' }
  /** There was nothing before: no ratio can be told. */
  | { readonly way: 'new' }
  /** One of the two is about too few people: the change is hidden with it. */
  | { readonly way: 'hidden' }
  | { readonly way: 'unknown' };

/** Below these a change would be shown as zero. */
const LEAST = { ratio: 0.005, points: 0.05 } as const;

/** The change from `before` to `now`, as a ratio or in points (for values on a signed scale). */
export function changeOf(
  now: Measure | undefined,
  before: Measure | undefined,
  scale: 'ratio' | 'points',
): Change {
  const a = readingOf(now);
  const b = readingOf(before);
  if (a.state === 'suppressed' || b.state === 'suppressed') return { way: 'hidden' };
  if (a.state !== 'value' || b.state !== 'value') return { way: 'unknown' };
  const moved = a.value - b.value;
  if (scale === 'ratio' && b.value === 0) return a.value === 0 ? { way: 'same' } : { way: 'new' };
  const by = scale === 'points' ? Math.abs(moved) : Math.abs(moved / b.value);
  if (by < LEAST[scale]) return { way: 'same' };
  return { way: moved > 0 ? 'up' : 'down', by };
}
