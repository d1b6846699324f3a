import type { SentimentPoint, Series, WindowName } from '@fanfare/contract';
import { niceTop } from './axis.ts';
import {
  BAR_STEP,
  foldSentiments,
  groupsOf,
  sentimentsOf,
  type MoodPoint,
  type OffsetAt,
} from './buckets.ts';

/** The sentiment bars, ready to be drawn, spoken and listed. */
export interface MoodView {
  /** Ends of the x axis, milliseconds since 1970: start of the first bar, end of the last. */
  readonly from: number;
  readonly to: number;
  /** Seconds one bar stands for. */
  readonly step: number;
  readonly at: readonly number[];
  /** `null` where all of a bar is hidden. */
  readonly bars: readonly (MoodPoint | null)[];
  /** Height of the drawing above and below the zero line, in texts. */
  readonly top: number;
  readonly bottom: number;
}

/** Fold the sentiment of a board into at most 31 bars. */
export function moodOf(series: Series, window: WindowName, offsetAt: OffsetAt): MoodView {
  const raw = sentimentsOf(series, 'sentiment@1');
  const step = Math.max(BAR_STEP[window], series.step);
  const groups = groupsOf(series, raw.length, step, offsetAt);
  const bars = foldSentiments(raw, groups);
  const at = groups.map((group) => group.at);
  let [up, down] = [0, 0];
  for (const bar of bars) {
    if (!bar) continue;
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
  };
}

/** The four strokes of a diverging bar: neutral lies across the zero line, the others beyond it. */
export function strokesOf(bar: SentimentPoint | null): readonly [number, number, number, number] {
  if (!bar) return [0, 0, 0, 0];
  const half = bar.neutral / 2;
  return [half, bar.positive, -half, -bar.negative];
}

/** One rectangle of the bars in a box of 100 × 100. */
export interface MoodBar {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly height: number;
  readonly tone: 'positive' | 'neutral' | 'negative';
}

/** The bars of a view as rectangles, empty ones left out. */
export function barsOf(view: MoodView): MoodBar[] {
  const unit = 100 / (view.top + view.bottom);
  const pitch = 100 / Math.max(1, view.bars.length);
  const round = (value: number): number => Math.round(value * 100) / 100;
  return view.bars.flatMap((bar, i): MoodBar[] => {
    if (!bar) return [];
    const from = view.top - bar.neutral / 2 - bar.positive;
    const parts = [
      { tone: 'positive', from, size: bar.positive },
      { tone: 'neutral', from: from + bar.positive, size: bar.neutral },
      { tone: 'negative', from: from + bar.positive + bar.neutral, size: bar.negative },
    ] as const;
    return parts
      .filter(({ size }) => size > 0)
      .map(({ tone, from: start, size }) => ({
        tone,
        x: round((i + 0.12) * pitch),
        width: round(0.76 * pitch),
        y: round(start * unit),
        height: round(size * unit),
      }));
  });
}
