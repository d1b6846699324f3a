import type { SentimentPoint, Series, WindowName } from '@fanfare/contract';
import { niceTop } from './axis.ts';
import { BAR_STEP, foldSentiments, groupsOf, sentimentsOf, type OffsetAt } from './buckets.ts';

/** The sentiment bars, ready to be drawn, spoken and listed. */
export interface MoodView {
  /** Ends of the x axis, milliseconds since 1970: start of the first bar, end of the last. */
  readonly from: number;
  readonly to: number;
  /** Seconds one bar stands for. */
  readonly step: number;
  readonly at: readonly number[];
  readonly bars: readonly (SentimentPoint | null)[];
  /** Height of the drawing above and below the zero line, in texts. */
  readonly top: number;
  readonly bottom: number;
  readonly total: SentimentPoint;
}

/** Fold the sentiment of a board into at most 31 bars. */
export function moodOf(series: Series, window: WindowName, offsetAt: OffsetAt): MoodView {
  const raw = sentimentsOf(series, 'sentiment@1');
  const step = Math.max(BAR_STEP[window], series.step);
  const groups = groupsOf(series, raw.length, step, offsetAt);
  const bars = foldSentiments(raw, groups);
  const at = groups.map((group) => group.at);
  const total = { positive: 0, neutral: 0, negative: 0 };
  let [up, down] = [0, 0];
  for (const bar of bars) {
    if (!bar) continue;
    total.positive += bar.positive;
    total.neutral += bar.neutral;
    total.negative += bar.negative;
    up = Math.max(up, bar.positive + bar.neutral / 2);
    down = Math.max(down, bar.negative + bar.neutral / 2);
  }
  return {
    from: at[0] ?? 0,
    to: (at.at(-1) ?? 0) + step * 1000,
    step,
    at,
    bars,
    top: niceTop(up),
    bottom: niceTop(down),
    total,
  };
}

/** The four strokes of a diverging bar: neutral lies across the zero line, the others beyond it. */
export function strokesOf(bar: SentimentPoint | null): readonly [number, number, number, number] {
  if (!bar) return [0, 0, 0, 0];
  const half = bar.neutral / 2;
  return [half, bar.positive, -half, -bar.negative];
}
