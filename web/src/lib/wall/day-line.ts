import type { DefinitionId, Series } from '@fanfare/contract';
import { highest, niceTop } from '../view/axis.ts';
import { foldNumbers, groupsOf, numbersOf, type OffsetAt } from '../view/buckets.ts';

/** Seconds one point of a wall stands for: from across the room, finer is only noise. */
const POINT_S = 1_800;

/** The engagements of a day as a wall draws them. */
export interface DayLine {
  /** First and last point, milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Engagements in each half hour that is over; `null`: hidden. */
  readonly values: readonly (number | null)[];
  readonly top: number;
  /** The half hour with most of them, by its beginning; `null` when there is none to tell. */
  readonly peak: { readonly at: number; readonly value: number } | null;
}

/** Fold a series of minutes into half hours by the brand's clock, the one under way left out. */
export function dayLine(series: Series, definition: DefinitionId, offsetAt: OffsetAt): DayLine {
  const raw = numbersOf(series, definition);
  const groups = groupsOf(series, raw.length, POINT_S, offsetAt);
  const last = groups.at(-1);
  if (last && groups.length > 1 && (last.end - last.first) * series.step < POINT_S) groups.pop();
  const values = foldNumbers(raw, groups, 'sum');
  let peak: DayLine['peak'] = null;
  values.forEach((value, i) => {
    if (value !== null && value > (peak?.value ?? 0)) peak = { at: groups[i]?.at ?? 0, value };
  });
  const [from = 0, to = 0] = [groups[0]?.at, groups.at(-1)?.at];
  return { from, to, values, top: niceTop(highest(values)), peak };
}
