import { WINDOWS, formatInstant, type WindowName } from '@fanfare/contract';
import type { ConsentState } from '../../domain/consent.ts';
import { minuteOf } from '../../domain/engagement.ts';
import { PURPOSE_BITS } from '../../domain/excerpts/excerpt.ts';
import { isOpinion } from '../../domain/windows/distinct.ts';
import { startsAt } from '../../domain/windows/shape.ts';
import type { Held } from '../../parts.ts';

/** One way in which what is held of a fan is used at present. */
export interface Use {
  readonly use: 'counted' | 'totals' | 'sentiment' | 'influence' | 'quote' | 'wall' | 'purchases';
  /** How many engagements or excerpts; null where it is about the fan as one. */
  readonly count: number | null;
  /** The time they are from, or since when (`to` null: until now). RFC 3339. */
  readonly from: string;
  readonly to: string | null;
  /** How many are in the boards of each window now; only with `totals`. */
  readonly boards?: Readonly<Record<WindowName, number>>;
}

/** Where a fan's data is used at `now` (ms), per use with its number and its time. */
export function usesOf(state: ConsentState, { engagements, excerpts, purchases }: Held, now: number): Use[] {
  const uses: Use[] = [];
  const since = (use: Use['use'], from: number) =>
    uses.push({ use, count: null, from: formatInstant(from), to: null });
  const counted = (use: Use['use'], instants: readonly number[]): boolean => {
    if (instants.length === 0) return false;
    let [from, to] = [Number.POSITIVE_INFINITY, 0];
    for (const at of instants) [from, to] = [Math.min(from, at), Math.max(to, at)];
    uses.push({ use, count: instants.length, from: formatInstant(from), to: formatInstant(to) });
    return true;
  };
  const all = engagements.map((row) => row.occurredAt);
  if (state.measure) since('counted', state.measure.from);
  if (counted('totals', all)) uses.push({ ...uses.pop()!, boards: inBoards(all, now) });
  counted(
    'sentiment',
    engagements.filter((row) => isOpinion(row.label)).map((row) => row.occurredAt),
  );
  if (state.influence) since('influence', state.influence.from);
  for (const purpose of ['quote', 'wall'] as const) {
    if (!state[purpose]) continue;
    const shown = excerpts.filter(({ purposes }) => (purposes & PURPOSE_BITS[purpose]) !== 0);
    counted(
      purpose,
      shown.map(({ at }) => at),
    );
  }
  counted(
    'purchases',
    purchases.filter(({ paid }) => paid).map(({ at }) => at),
  );
  return uses;
}

function inBoards(instants: readonly number[], now: number): Record<WindowName, number> {
  const starts = startsAt(minuteOf(now));
  const inside = WINDOWS.map((name, w) => [name, instants.filter((at) => minuteOf(at) >= starts[w]!).length]);
  return Object.fromEntries(inside) as Record<WindowName, number>;
}
