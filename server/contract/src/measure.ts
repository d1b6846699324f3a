/** `name@version` of a formula. A changed formula is a new version and a new series. */
export type DefinitionId = `${string}@${number}`;

/** How a value came to be. `unavailable` is the honest form of "we do not know": never zero. */
export type MeasureKind = 'measured' | 'computed' | 'estimated' | 'unavailable';

/** A value with its honesty. */
export interface Measure {
  /** `null` when unavailable or suppressed. */
  readonly value: number | null;
  readonly kind: MeasureKind;
  readonly definition: DefinitionId;
  /** Instant the value holds for, RFC 3339 UTC. */
  readonly asOf: string;
  /** Distinct people the value is about; `null` when it may not be told or does not apply. */
  readonly n: number | null;
  /** Share (0–1) of what happened that the value stands for; absent where it has no meaning. */
  readonly coverage?: number | null;
  /** Present and true when the value is about fewer people than the threshold. */
  readonly suppressed?: true;
  /** Ends of the 95 % interval, in the unit of `value`. */
  readonly low?: number;
  readonly high?: number;
  /** What the value is made of: raw counts, and readings beside the main one. */
  readonly parts?: Readonly<Record<string, number>>;
}

/** The measures of one cell or one board, by definition. */
export type Measures = Readonly<Record<DefinitionId, Measure>>;
