import type { DefinitionId, MeasureKind, SentimentPoint, WindowName } from '@fanfare/contract';
import type { Rest } from './release/hide.ts';

/** A value before release: it still says how many people it is about. Never leaves the server. */
export interface RawMeasure {
  readonly definition: DefinitionId;
  readonly kind: MeasureKind;
  /** `null` when it cannot be computed (no denominator, nothing labelled). */
  readonly value: number | null;
  /** Distinct consenting people the value is about; null when it is about none of them. */
  readonly people: number | null;
  /** Distinct people a part of the value is about, where they are fewer than `people`. */
  readonly fewest?: number;
  /** Of a weighted sum: no one person's part of it is larger. */
  readonly largest?: number;
  /** Distinct people (no fewer than this) behind the parts that count them. */
  readonly partPeople?: Readonly<Record<string, number>>;
  /** Instant of its own, milliseconds; else the board's. */
  readonly asOf?: number;
  readonly low?: number;
  readonly high?: number;
  readonly parts?: Readonly<Record<string, number>>;
}

/** One key of a dimension, or one object, with its raw measures. */
export interface RawCell {
  readonly key: string;
  readonly people: number;
  readonly measures: readonly RawMeasure[];
}

/** A line of the series with the people behind each point. */
export interface RawLine {
  readonly definition: DefinitionId;
  readonly points: readonly (number | SentimentPoint)[];
  readonly people: readonly number[];
}

/** A board before release. There is one way out: `release` in suppression.ts. */
export interface RawBoard {
  readonly window: WindowName;
  /** Milliseconds since 1970. */
  readonly asOf: number;
  readonly coverage: number | null;
  readonly measures: readonly RawMeasure[];
  readonly breakdowns: Readonly<Record<string, readonly RawCell[]>>;
  /** Distinct people in the window. */
  readonly people: number;
  /** What a table does not list, by dimension; absent where everything is listed. */
  readonly rests: Readonly<Record<string, Rest>>;
  /** Start of the first bucket, milliseconds since 1970. */
  readonly from: number;
  /** Seconds per bucket. */
  readonly step: number;
  readonly lines: readonly RawLine[];
  readonly objects: readonly RawCell[];
  /** What the list of objects leaves out. */
  readonly otherObjects: Rest;
}
