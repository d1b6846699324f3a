import type { Measure } from '@fanfare/contract';

/** How a measure is to be shown. A number that is missing is never a zero. */
export type Reading =
  | { readonly state: 'value'; readonly value: number; readonly estimated: boolean }
  | { readonly state: 'suppressed' }
  | { readonly state: 'unavailable' };

/** Read a measure; an absent one is unavailable. */
export function readingOf(measure: Measure | undefined): Reading {
  if (!measure) return { state: 'unavailable' };
  if (measure.suppressed) return { state: 'suppressed' };
  if (measure.value === null || measure.kind === 'unavailable') return { state: 'unavailable' };
  return { state: 'value', value: measure.value, estimated: measure.kind === 'estimated' };
}
