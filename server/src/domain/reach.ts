import type { RawMeasure } from './raw.ts';

/** reach.active@1: distinct fans with at least one engagement present in the window. Exact. */
export function activeReach(fans: number): RawMeasure {
  return { definition: 'reach.active@1', kind: 'computed', value: fans, people: fans };
}

/**
 * reach.potential@1: over distinct fans with a share, quote or mention in the window, the sum of
 * the followers each had at the last of their engagements in the window that knew them. An upper
 * bound, as audiences overlap. Unavailable when no amplifier's followers are known.
 * @param followers the sum @param amplifiers fans who amplified @param known those with followers
 */
export function potentialReach(followers: number, amplifiers: number, known: number): RawMeasure {
  const missing = amplifiers > 0 && known === 0;
  return {
    definition: 'reach.potential@1',
    kind: missing ? 'unavailable' : 'estimated',
    value: missing ? null : followers,
    people: amplifiers,
    parts: { amplifiers, known },
  };
}
