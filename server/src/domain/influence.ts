import type { Board, Influence, Measures } from '@fanfare/contract';
import type { RawCell, RawMeasure } from './raw.ts';
import { CREDIT_WEIGHTS, HISTOGRAM_BINS, type Credit, type CreditCounts } from './windows/credits.ts';
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

/** One fan's influence. About one person: it never leaves the server without their consent to be named. */
export interface FanInfluence {
  readonly fan: number;
  /** 1 for the greatest score; equal scores share a rank. */
  readonly rank: number;
  /** Credits by class, before any weight. */
  readonly reaction: number;
  readonly comment: number;
  readonly share: number;
  /** Σ w · 2^(−(asOf − bucket) / 7 days) over the fan's credits. */
  readonly score: number;
}

/**
 * influence@1 of every credited fan of window w, the greatest first: the parts `totalInfluence`
 * is the sum of. Only fans who consent to `influence` own credits.
 * @param asOf milliseconds since 1970 @param minute newest minute of the window
 */
export function fanInfluence(
  credits: CreditCounts,
  w: number,
  minute: number,
  asOf: number,
): readonly FanInfluence[] {
  const grain = GRAIN[w]!;
  const start = (Math.floor(minute / grain) - BUCKETS[w]! + 1) * grain;
  const byFan = Map.groupBy(credits.each(start), (credit) => credit.owner);
  const scored = [...byFan].map(([fan, own]) => {
    const count = (at: number) => own.filter((credit) => credit.class === at).length;
    const score = scoreOf(own, grain, asOf);
    return { fan, reaction: count(0), comment: count(1), share: count(2), score };
  });
  scored.sort((a, b) => b.score - a.score || a.fan - b.fan);
  let rank = 0;
  return scored.map((row, i) => {
    if (i === 0 || row.score < scored[i - 1]!.score) rank = i + 1;
    return { ...row, rank };
  });
}

function scoreOf(own: readonly Credit[], grain: number, asOf: number): number {
  const weights = new Map<number, number>();
  for (const { minute, class: at } of own) {
    const bucket = Math.floor(minute / grain);
    weights.set(bucket, (weights.get(bucket) ?? 0) + (CREDIT_WEIGHTS[at] ?? 0));
  }
  // Bucket by bucket in order, so that the same credits give the same score whatever their history.
  return [...weights]
    .sort(([a], [b]) => a - b)
    .reduce((sum, [bucket, weight]) => sum + weight * decay(asOf - bucket * grain * 60_000), 0);
}

/** What a board says of influence. */
export function influenceOf(board: Board): Influence {
  const { brand, window, asOf, k } = board;
  const wanted = ['influence.total@1', 'influence.h@1'] as const;
  const measures: Measures = Object.fromEntries(wanted.map((id) => [id, board.measures[id]!]));
  return { brand, window, asOf, k, measures, histogram: board.breakdowns['influence'] ?? {} };
}
