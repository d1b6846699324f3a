import type { Comparison, DefinitionId, Series, WindowName } from '@fanfare/contract';
import { highest, niceTop } from './axis.ts';
import { foldNumbers, groupsOf, LINE_STEP, numbersOf, type OffsetAt } from './buckets.ts';
import type { LineMetric } from './desk-url.ts';

/** The main line, ready to be drawn, spoken and listed. */
export interface LineView {
  /** Ends of the x axis: first and last point, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Seconds one point stands for. */
  readonly step: number;
  readonly at: readonly number[];
  /** `null`: hidden. The last point is of a bucket that is not over. */
  readonly values: readonly (number | null)[];
  /** The compared period, moved onto this one; `null` where there is none. */
  readonly before: readonly (number | null)[] | null;
  readonly top: number;
  readonly peak: { readonly at: number; readonly value: number } | null;
}

const LINES: Readonly<Record<LineMetric, { readonly id: DefinitionId; readonly how: 'sum' | 'peak' }>> = {
  engagements: { id: 'engagements@1', how: 'sum' },
  reach: { id: 'reach.active@1', how: 'peak' },
};
const WEEK_S = 604_800;

/** Fold a board's series, and the one it is compared with, into at most 600 points. */
export function lineOf(
  series: Series,
  comparison: Comparison | null,
  metric: LineMetric,
  window: WindowName,
  offsetAt: OffsetAt,
): LineView {
  const { id, how } = LINES[metric];
  const raw = numbersOf(series, id);
  const step = Math.max(LINE_STEP[window], series.step);
  const groups = groupsOf(series, raw.length, step, offsetAt);
  const values = foldNumbers(raw, groups, how);
  const old = comparison && comparison.window === window ? onto(series, comparison, id, raw.length) : null;
  const before = old ? foldNumbers(old, groups, how) : null;
  const at = groups.map((group) => group.at);
  return {
    from: at[0] ?? 0,
    to: at.at(-1) ?? 0,
    step,
    at,
    values,
    before,
    top: niceTop(highest(values, before ?? [])),
    peak: peakOf(at, values),
  };
}

/** The compared values under the buckets of the series, even when it slid since they were read. */
function onto(series: Series, comparison: Comparison, id: DefinitionId, count: number): (number | null)[] {
  const values = numbersOf(comparison.series, id);
  const back = comparison.with === 'week' ? WEEK_S : count * series.step;
  const apart = (Date.parse(series.from) - Date.parse(comparison.series.from)) / 1000;
  const shift = Math.round((apart - back) / series.step);
  return Array.from({ length: count }, (_, i) => values[i + shift] ?? null);
}

function peakOf(at: readonly number[], values: readonly (number | null)[]): LineView['peak'] {
  let peak: LineView['peak'] = null;
  values.forEach((value, i) => {
    if (value !== null && value > (peak?.value ?? 0)) peak = { at: at[i] ?? 0, value };
  });
  return peak;
}
