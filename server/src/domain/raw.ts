import type { DefinitionId, MeasureKind, SentimentPoint, WindowName } from '@fanfare/contract';

/** A value before release: it still says how many people it is about. Never leaves the server. */
export interface RawMeasure {
  readonly definition: DefinitionId;
  readonly kind: MeasureKind;
  /** `null` when it cannot be computed (no denominator, nothing labelled). */
  readonly value: number | null;
  /** Distinct consenting people the value is about; null when it is about none of them. */
  readonly people: number | null;
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
  /** Start of the first bucket, milliseconds since 1970. */
  readonly from: number;
  /** Seconds per bucket. */
  readonly step: number;
  readonly lines: readonly RawLine[];
  readonly objects: readonly RawCell[];
}
