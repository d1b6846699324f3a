import { Type } from 'typebox';
import type { Breakdowns, Series, TopObject } from './board.ts';
import type { DefinitionId, MeasureKind, Measures } from './measure.ts';
import { WINDOWS, type WindowName } from './window.ts';
import type { Audience, Locale, Purpose, Sector } from './vocabulary.ts';

/** Name and version of the shape of a snapshot. */
export const SNAPSHOT_FORMAT = 'fanfare.snapshot@1';

/** Longest title, characters. */
export const MOST_TITLE = 120;

/** JSON schema of what is asked for: a window, a title without control characters, who may see it. */
export const NewSnapshotSchema = Type.Object(
  {
    window: Type.Union(WINDOWS.map((window) => Type.Literal(window))),
    title: Type.Optional(
      Type.String({ maxLength: MOST_TITLE, pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$' }),
    ),
    audience: Type.Optional(Type.Union([Type.Literal('team'), Type.Literal('public')])),
  },
  { additionalProperties: false },
);

export interface NewSnapshot {
  readonly window: WindowName;
  readonly title?: string;
  /** `team` when absent. */
  readonly audience?: Audience;
}

/** A formula as it was when the numbers were frozen. */
export interface FrozenDefinition {
  readonly id: DefinitionId;
  readonly name: { readonly fr: string; readonly en: string };
  readonly formula: { readonly fr: string; readonly en: string };
  readonly unit: string;
  readonly kind: MeasureKind;
  readonly purpose: Purpose | null;
  readonly source: string;
}

/** What was hidden, for being about too few people or to keep another number from subtraction. */
export interface HiddenCells {
  readonly measures: readonly DefinitionId[];
  /** dimension → keys */
  readonly breakdowns: Readonly<Record<string, readonly string[]>>;
  /** Runs of hidden buckets by definition: first and last index. */
  readonly series: Readonly<Record<DefinitionId, readonly (readonly [first: number, last: number])[]>>;
}

/**
 * One published board, frozen. Aggregates only: nobody's words, names or ids. It is never changed;
 * its canonical text (RFC 8785) has one SHA-256.
 */
export interface Snapshot {
  readonly format: typeof SNAPSHOT_FORMAT;
  /** Random; names the snapshot to the server that made it. */
  readonly id: string;
  /** '' for none. */
  readonly title: string;
  /** RFC 3339 UTC, like every instant here. */
  readonly createdAt: string;
  readonly audience: Audience;
  readonly brand: {
    readonly slug: string;
    readonly name: string;
    readonly sector: Sector;
    readonly locale: Locale;
    readonly demonstration: boolean;
  };
  /** From the start of the oldest bucket to the end of the newest, which holds `asOf`. */
  readonly window: {
    readonly name: WindowName;
    readonly from: string;
    readonly to: string;
    /** IANA name: the brand's. */
    readonly timeZone: string;
  };
  readonly asOf: string;
  /** The live frame it shows. */
  readonly epoch: string;
  readonly seq: number;
  /** People below which a number is hidden. */
  readonly k: number;
  /** Share (0–1) of what happened that was counted; `null` when unknown or hidden. */
  readonly coverage: number | null;
  readonly hidden: HiddenCells;
  /** Of every definition used, in the order of the screens. */
  readonly definitions: readonly FrozenDefinition[];
  readonly measures: Measures;
  readonly breakdowns: Breakdowns;
  readonly series: Series;
  readonly top: { readonly objects: readonly TopObject[] };
}

/** What a list says of a snapshot. */
export interface SnapshotMeta {
  readonly id: string;
  /** Slug. */
  readonly brand: string;
  readonly title: string;
  readonly window: WindowName;
  readonly audience: Audience;
  readonly asOf: string;
  readonly createdAt: string;
  /** Of the canonical text, hexadecimal. */
  readonly sha256: string;
}

/** Fans of the brand who withdrew `measure` since a snapshot's `asOf`. */
export interface WithdrawalsSince {
  /** `null` when it is about fewer than `k` people. */
  readonly value: number | null;
  readonly suppressed?: true;
  readonly k: number;
  readonly asOf: string;
}

/** A snapshot with what happened since. */
export interface SnapshotDetail extends SnapshotMeta {
  readonly withdrawals: WithdrawalsSince;
}

/** One page of a brand's snapshots, newest first. */
export interface SnapshotList {
  readonly snapshots: readonly SnapshotMeta[];
  /** `before` of the next page; `null` on the last. */
  readonly next: string | null;
}
