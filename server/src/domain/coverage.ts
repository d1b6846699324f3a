import type { RawMeasure } from './raw.ts';

/**
 * coverage@1: counted ÷ (counted + refused) over the window, 0–1: how much of what happened the
 * numbers stand for. Unavailable when nothing happened.
 */
export function coverage(counted: number, refused: number, fans: number): RawMeasure {
  const all = counted + refused;
  return {
    definition: 'coverage@1',
    kind: all === 0 ? 'unavailable' : 'computed',
    value: all === 0 ? null : counted / all,
    people: fans,
    parts: { counted, refused },
  };
}

/** consenting@1: fans whose consent to `measure` is active now. */
export function consenting(fans: number): RawMeasure {
  return { definition: 'consenting@1', kind: 'measured', value: fans, people: fans };
}
