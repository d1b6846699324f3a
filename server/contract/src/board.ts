import type { Excerpt } from './excerpt.ts';
import type { DefinitionId, Measure, Measures } from './measure.ts';
import type { Audience } from './vocabulary.ts';
import type { WindowName } from './window.ts';

/** Sentiment of one bucket, in labelled texts. */
export interface SentimentPoint {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

/** One point of a series. `null`: about fewer people than the threshold. */
export type Point = number | SentimentPoint | null;

/** Values per bucket, oldest first; bucket i starts at `from` + i × `step` seconds. */
export interface Series {
  readonly from: string;
  /** Seconds per bucket: 60 or 3600. */
  readonly step: number;
  readonly [definition: DefinitionId]: readonly Point[];
}

/** dimension → key → definition → measure */
export type Breakdowns = Readonly<Record<string, Readonly<Record<string, Measures>>>>;

/** One of the objects most engaged with, with its measures by definition. */
export interface TopObject {
  readonly object: string;
  readonly [definition: DefinitionId]: Measure;
}

/**
 * What a screen holds: the fold of frames. Also the `board` frame of the live feed, as it is. Its
 * audience is part of the type: what was released for the team cannot be handed to the public.
 */
export interface Board<A extends Audience = Audience> {
  readonly type: 'board';
  readonly brand: string;
  readonly window: WindowName;
  readonly audience: A;
  /** Changes when continuity is lost; `seq` counts within it. */
  readonly epoch: string;
  readonly seq: number;
  /** Instant all live measures of the board hold for, RFC 3339 UTC. */
  readonly asOf: string;
  /** People below which a number is hidden. */
  readonly k: number;
  /** True for a brand whose fans and texts are invented. */
  readonly demonstration: boolean;
  readonly measures: Measures;
  readonly breakdowns: Breakdowns;
  readonly series: Series;
  readonly top: { readonly objects: readonly TopObject[] };
  /**
   * Words of fans who let this audience read them, the latest first; absent when there are none.
   * On live boards alone: what is frozen, exported or counted from has numbers and nothing else.
   */
  readonly excerpts?: readonly Excerpt<A>[];
}
