import type { RawMeasure } from './raw.ts';

/**
 * engagements@1: engagements present (added and not removed) in the window.
 * @param count engagements @param fans distinct fans who made them
 */
export function engagements(count: number, fans: number): RawMeasure {
  return { definition: 'engagements@1', kind: 'measured', value: count, people: fans };
}

/** reactions@1: reactions of one kind present in the window; not a sentiment. */
export function reactions(count: number, fans: number): RawMeasure {
  return { definition: 'reactions@1', kind: 'measured', value: count, people: fans };
}
