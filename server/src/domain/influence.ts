import type { RawCell, RawMeasure } from './raw.ts';
import { CREDIT_WEIGHTS, HISTOGRAM_BINS, type CreditCounts } from './windows/credits.ts';
import { BUCKETS, GRAIN } from './windows/shape.ts';

/** Half-life of a credit, milliseconds: 7 days. */
export const HALF_LIFE_MS = 7 * 86_400_000;

/** Share of a credit that is left after `age` milliseconds. */
export function decay(age: number): number {
  return 2 ** (-age / HALF_LIFE_MS);
}

/**
 * influence.total@1: Σ over credits of w · 2^(−(asOf − bucket) / 7 days), weights 1 (reaction),
 * 2 (comment), 3 (share, quote, mention). A credit is a distinct (actor, object, kind) towards the
 * consenting fan who owns the object. Raw credit counts in `parts`; `people` = credited fans.
 * @param asOf milliseconds since 1970 @param minute newest minute of the window
 */
export function totalInfluence(credits: CreditCounts, w: number, minute: number, asOf: number): RawMeasure {
  const grain = GRAIN[w]!;
  const newest = Math.floor(minute / grain);
  const [reaction, comment, share] = credits.byClass(w) as [number, number, number];
  let total = 0;
  if (reaction + comment + share > 0) {
    for (let bucket = newest - BUCKETS[w]! + 1; bucket <= newest; bucket++) {
      let weight = 0;
      for (let c = 0; c < CREDIT_WEIGHTS.length; c++)
        weight += CREDIT_WEIGHTS[c]! * credits.dated(w, bucket, c);
      if (weight !== 0) total += weight * decay(asOf - bucket * grain * 60_000);
    }
  }
  return {
    definition: 'influence.total@1',
    kind: 'computed',
    value: total,
    people: credits.owners(w),
    parts: { reaction, comment, share },
  };
}

/**
 * Histogram over credited fans by raw weight of their credits (before decay), in powers of two:
 * the cell "8" holds fans with 8 to 15.
 */
export function influenceHistogram(credits: CreditCounts, w: number): RawCell[] {
  const bins = credits.histogram(w);
  const cells: RawCell[] = [];
  for (let bin = 0; bin < HISTOGRAM_BINS; bin++) {
    const fans = bins[bin]!;
    if (fans === 0) continue;
    const measure: RawMeasure = { definition: 'influence@1', kind: 'computed', value: fans, people: fans };
    cells.push({ key: String(2 ** bin), people: fans, measures: [measure] });
  }
  return cells;
}
