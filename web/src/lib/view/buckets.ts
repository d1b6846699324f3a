import type { DefinitionId, Point, SentimentPoint, Series, WindowName } from '@fanfare/contract';

/** A run of buckets drawn as one. */
export interface Group {
  /** Start, milliseconds since 1970. */
  readonly at: number;
  readonly first: number;
  /** One past the last bucket. */
  readonly end: number;
}

/** Seconds per drawn point, by window: never more than 600 points, and round to a person. */
export const LINE_STEP: Readonly<Record<WindowName, number>> = {
  '5m': 60,
  '1h': 60,
  '24h': 300,
  '7d': 3600,
  '30d': 7200,
};
/** Seconds per sentiment bar: between 5 and 31 bars. */
export const BAR_STEP: Readonly<Record<WindowName, number>> = {
  '5m': 60,
  '1h': 120,
  '24h': 3600,
  '7d': 21_600,
  '30d': 86_400,
};

/** Seconds a zone is ahead of UTC at an instant in milliseconds. */
export type OffsetAt = (at: number) => number;

/**
 * Group the buckets of a series into runs of `size` seconds that start on the local clock, so that a
 * day is a local day and groups do not change shape while the window slides. The oldest group is
 * dropped when the window cut it.
 */
export function groupsOf(series: Series, count: number, size: number, offsetAt: OffsetAt): Group[] {
  const from = Date.parse(series.from);
  const per = Math.max(1, Math.round(size / series.step));
  const groups: { at: number; first: number; end: number; slot: number }[] = [];
  for (let i = 0; i < count; i++) {
    const at = from + i * series.step * 1000;
    const slot = per === 1 ? i : Math.floor((at / 1000 + offsetAt(at)) / size);
    const last = groups.at(-1);
    if (last && last.slot === slot) last.end = i + 1;
    else groups.push({ at, first: i, end: i + 1, slot });
  }
  const [oldest] = groups;
  if (oldest && groups.length > 1 && oldest.end - oldest.first < per) groups.shift();
  return groups.map(({ at, first, end }) => ({ at, first, end }));
}

/** Numbers of a series; `[]` when the board does not carry it. */
export function numbersOf(series: Series, definition: DefinitionId): readonly (number | null)[] {
  const points: readonly Point[] = series[definition] ?? [];
  return points.map((point) => (typeof point === 'number' ? point : null));
}

/** Sentiment points of a series; `null` where hidden. */
export function sentimentsOf(series: Series, definition: DefinitionId): readonly (SentimentPoint | null)[] {
  const points: readonly Point[] = series[definition] ?? [];
  return points.map((point) => (typeof point === 'object' ? point : null));
}

/**
 * One value per group: the sum for events; the highest for people, who must not be added across
 * buckets. `null` as soon as one bucket is hidden: a part is not shown as the whole.
 */
export function foldNumbers(
  values: readonly (number | null)[],
  groups: readonly Group[],
  how: 'sum' | 'peak',
): (number | null)[] {
  return groups.map(({ first, end }) => {
    let folded = 0;
    for (let i = first; i < end; i++) {
      const value = values[i] ?? null;
      if (value === null) return null;
      folded = how === 'sum' ? folded + value : Math.max(folded, value);
    }
    return folded;
  });
}

/** Texts of a bar; `partly` where some of its buckets are hidden, and the counts are of the others. */
export interface MoodPoint extends SentimentPoint {
  readonly partly?: true;
}

/**
 * The three counts of sentiment of each group, added over the buckets that are shown: nights in which few
 * write must not empty every bar of a week. `null` where nothing of a bar is shown.
 */
export function foldSentiments(
  values: readonly (SentimentPoint | null)[],
  groups: readonly Group[],
): (MoodPoint | null)[] {
  return groups.map(({ first, end }) => {
    let [positive, neutral, negative, partly] = [0, 0, 0, false];
    for (let i = first; i < end; i++) {
      const value = values[i] ?? null;
      if (value === null) partly = true;
      else {
        positive += value.positive;
        neutral += value.neutral;
        negative += value.negative;
      }
    }
    if (!partly) return { positive, neutral, negative };
    return positive + neutral + negative > 0 ? { positive, neutral, negative, partly } : null;
  });
}
