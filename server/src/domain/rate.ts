import type { RawMeasure } from './raw.ts';

/**
 * engagement.rate@1 of one network: engagements ÷ the network's own reach figure
 * (reach.platform@1), when both are of the same window and network; else unavailable.
 * @param denominator the network's figure for this very window, or null
 */
export function engagementRate(engagements: number, fans: number, denominator: number | null): RawMeasure {
  const known = denominator !== null && denominator > 0;
  return {
    definition: 'engagement.rate@1',
    kind: known ? 'computed' : 'unavailable',
    value: known ? engagements / denominator : null,
    people: fans,
    parts: { engagements, ...(known ? { denominator } : {}) },
  };
}
