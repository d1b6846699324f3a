import type { Point, TopObject } from './board.ts';
import type { ExcerptsDelta } from './excerpt.ts';
import type { DefinitionId, Measures } from './measure.ts';
import type { WindowName } from './window.ts';

/** Changed points of a series by bucket index (after the window has slid to `from`). */
export type SparsePoints = Readonly<Record<number, Point>>;

/**
 * Changed parts of the series. When `from` is later than the board's, the window slid: drop that
 * many buckets at the start, append as many empty ones (0, or 0/0/0), then set the points given.
 */
export interface SeriesDelta {
  readonly from: string;
  readonly step: number;
  readonly [definition: DefinitionId]: SparsePoints;
}

/** The parts of a board that changed since frame `seq − 1`, in the shape of the board. */
export interface Delta {
  readonly type: 'delta';
  readonly brand: string;
  readonly window: WindowName;
  readonly epoch: string;
  readonly seq: number;
  readonly asOf: string;
  /** Changed measures, whole. The others keep their value and move to the new `asOf`. */
  readonly measures?: Measures;
  /** Changed cells, whole; `null` for a cell that is gone. */
  readonly breakdowns?: Readonly<Record<string, Readonly<Record<string, Measures | null>>>>;
  readonly series?: SeriesDelta;
  /** The whole list when anything in it changed. */
  readonly top?: { readonly objects: readonly TopObject[] };
  readonly excerpts?: ExcerptsDelta;
}

/** "Live" means that one of these arrived: it carries no change. */
export interface Heartbeat {
  readonly type: 'heartbeat';
  readonly brand: string;
  readonly window: WindowName;
  readonly epoch: string;
  readonly seq: number;
  readonly asOf: string;
}
