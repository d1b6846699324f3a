import type { Board, Measure } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** The figure one network gives of itself. */
export interface NetworkFigure {
  /** `null` when the network cannot be told, as nobody engaged on it in the window. */
  readonly network: string | null;
  readonly measure: Measure;
}

const ID = 'reach.platform@1';

/** What the networks say of themselves, each on its own: these figures are never added. */
export function platformFigures(board: Board): NetworkFigure[] {
  const listed = Object.entries(board.breakdowns['network'] ?? {}).flatMap(([network, measures]) => {
    const measure: Measure | undefined = measures[ID];
    return measure && readingOf(measure).state !== 'unavailable' ? [{ network, measure }] : [];
  });
  const only = board.measures[ID];
  if (!only || readingOf(only).state === 'unavailable') return listed;
  const told = listed.find(({ measure }) => measure.value === only.value && measure.asOf === only.asOf);
  return [{ network: told?.network ?? null, measure: only }];
}
