import {
  WINDOWS,
  WINDOW_SHAPES,
  formatInstant,
  type DefinitionId,
  type Point,
  type SentimentPoint,
  type Series,
  type WindowName,
} from '@fanfare/contract';
import type { RawBoard, RawLine } from '../raw.ts';
import { coarseCount, stepOf } from './coarse.ts';
import { isHidden, smallestShown } from './hide.ts';
import { isCoarse, type Release } from './rules.ts';

/** Release the series of a window. @param shown what the reader was shown last, when values are coarse */
export function releaseSeries(raw: RawBoard, rules: Release, shown: Series | undefined): Series {
  const lines: Record<DefinitionId, readonly Point[]> = {};
  const slid = shown ? Math.round((raw.from - Date.parse(shown.from)) / (raw.step * 1_000)) : 0;
  for (const line of raw.lines) {
    const before = shown?.[line.definition];
    lines[line.definition] = releaseLine(raw.window, line, rules, (i) => before?.[i + slid]);
  }
  return { from: formatInstant(raw.from), step: raw.step, ...lines };
}

function releaseLine(
  window: WindowName,
  line: RawLine,
  rules: Release,
  before: (i: number) => Point | undefined,
): readonly Point[] {
  if (rules.k <= 1) return line.points;
  const people = isCoarse(rules)
    ? line.people.map((heads, i) => fewestOf(line.points[i]!, heads))
    : line.people;
  const hidden = hiddenBuckets(people, rules.k, window);
  return line.points.map((point, i) => {
    if (hidden[i]) return null;
    return isCoarse(rules) ? coarsePoint(point, line.people[i]!, before(i)) : point;
  });
}

/**
 * Which buckets are hidden. Windows of one grain lie in each other and all their totals are known,
 * so every stretch between two of their starts must hold its own: two hidden buckets or none, one
 * of them about k people where there is such a one. An empty bucket serves when no other is left.
 */
export function hiddenBuckets(people: readonly number[], k: number, window: WindowName): boolean[] {
  const hidden = people.map((count) => isHidden(count, k));
  const cuts = cutsOf(window);
  cuts.forEach((start, i) => {
    const end = cuts[i + 1] ?? people.length;
    const part = people.slice(start, end);
    const mask = hidden.slice(start, end);
    completeBuckets(part, mask, k);
    mask.forEach((is, at) => (hidden[start + at] = is));
  });
  return hidden;
}

/**
 * Hide one bucket more of a run whose total is known, where what is hidden would otherwise be
 * alone, or about too few people all together.
 * @param hidden is changed
 */
export function completeBuckets(people: readonly number[], hidden: boolean[], k: number): void {
  const few = hidden.filter(Boolean).length;
  if (few === 0) return;
  const next = smallestShown(people, hidden);
  const spare = next >= 0 ? next : few === 1 ? hidden.lastIndexOf(false) : -1;
  if (spare >= 0 && (few === 1 || people.every((count, i) => !hidden[i] || count < k))) hidden[spare] = true;
}

/** Index of the first bucket of each window of the same grain within this one, longest first. */
function cutsOf(window: WindowName): number[] {
  const { grain, buckets } = WINDOW_SHAPES[window];
  const within = WINDOWS.map((name) => WINDOW_SHAPES[name]).filter(
    (shape) => shape.grain === grain && shape.buckets <= buckets,
  );
  return within.map((shape) => buckets - shape.buckets).sort((a, b) => a - b);
}

/** Fewest people any count of the point is about, for certain: every other text takes one fan away. */
function fewestOf(point: number | SentimentPoint, people: number): number {
  if (typeof point === 'number') return people;
  const counts = [point.positive, point.neutral, point.negative];
  const texts = counts.reduce((sum, count) => sum + count, 0);
  return Math.min(people, ...counts.filter((c) => c > 0).map((c) => Math.max(1, people - (texts - c))));
}

function coarsePoint(point: number | SentimentPoint, people: number, before: Point | undefined): Point {
  if (typeof point === 'number') {
    const shown = typeof before === 'number' ? before : null;
    return coarseCount(point, shown, stepOf(point, people));
  }
  const old = typeof before === 'object' ? before : null;
  return {
    positive: coarseCount(point.positive, old?.positive),
    neutral: coarseCount(point.neutral, old?.neutral),
    negative: coarseCount(point.negative, old?.negative),
  };
}
