import { formatInstant, type Measure } from '@fanfare/contract';
import type { RawMeasure } from '../raw.ts';
import { coarsen } from '../release/coarse.ts';
import { releaseMeasure, round } from '../release/measure.ts';
import { cellThreshold, isCoarse, type Release } from '../release/rules.ts';
import { addDays, formatDay } from '../local-day.ts';
import { BI_VIEWS, type BiValue, type BiViewName } from './views.ts';

const EPOCH = { year: 1970, month: 1, day: 1 };

/** What was shown of one number: value, people, parts. Kept, so that the next release stays within a step. */
export type Shown = readonly [number | null, number | null, Readonly<Record<string, number>>?];
/** By name of the number. */
export type ShownRow = Readonly<Record<string, Shown>>;

/** One row of a view as it is published. */
export interface ReleasedRow {
  readonly view: BiViewName;
  /** Hours of UTC since 1970, or days of the calendar since 1970-01-01. */
  readonly bucket: number;
  readonly cells: Readonly<Record<string, BiValue>>;
  readonly hidden: readonly string[];
  readonly shown: ShownRow;
}

/** The audience of BI tools is the public: its thresholds, its coarse values. */
export const BI_AUDIENCE = 'public';

/** Collects one row; every number of it passes `release`, the rules of the public. */
export class RowOfCells {
  readonly #view: BiViewName;
  readonly #bucket: number;
  readonly #rules: Release;
  readonly #asOf: string;
  readonly #before: ShownRow;
  readonly #shown: Record<string, Shown> = {};
  readonly #cells: Record<string, BiValue> = {};
  readonly #hidden: string[] = [];

  /** @param asOf end of the bucket, ms @param before what was shown of this row */
  constructor(view: BiViewName, bucket: number, k: number, asOf: number, before: ShownRow | undefined) {
    this.#view = view;
    this.#bucket = bucket;
    this.#rules = { audience: BI_AUDIENCE, k };
    this.#asOf = formatInstant(asOf);
    this.#before = before ?? {};
    if (BI_VIEWS[view].grain === 'day') this.put('day', formatDay(addDays(EPOCH, bucket)));
  }

  /** Put a value that is about nobody. */
  put(column: string, value: BiValue): void {
    this.#cells[column] = value;
  }

  /** Put a value that is hidden or not. */
  cell(column: string, value: number | null | undefined, hidden: boolean): void {
    this.#cells[column] = hidden ? null : (value ?? null);
    if (hidden) this.#hidden.push(column);
  }

  /** Release a number of the row. @param name of it within the row @param hidden what its table says */
  release(name: string, raw: RawMeasure, hidden: boolean): Measure {
    const exact = releaseMeasure(raw, this.#asOf, hidden);
    const measure = isCoarse(this.#rules)
      ? coarsen(exact, raw, cellThreshold(this.#rules), this.#old(name, exact))
      : exact;
    if (!hidden)
      this.#shown[name] = measure.parts
        ? [measure.value, measure.n, measure.parts]
        : [measure.value, measure.n];
    return measure;
  }

  /** What was shown of a number before. */
  before(name: string): Shown | undefined {
    return this.#before[name];
  }

  /** Keep what is shown of a number that was released elsewhere. */
  keep(name: string, shown: Shown): void {
    this.#shown[name] = shown;
  }

  done(): ReleasedRow {
    return {
      view: this.#view,
      bucket: this.#bucket,
      cells: this.#cells,
      hidden: this.#hidden,
      shown: this.#shown,
    };
  }

  #old(name: string, now: Measure): Measure | undefined {
    const old = this.#before[name];
    if (!old) return undefined;
    const [value, n, parts] = old;
    return {
      ...{ value, kind: now.kind, definition: now.definition, asOf: now.asOf, n },
      ...(parts ? { parts } : {}),
    };
  }
}

/** A share from 0 to 1 in percent. */
export function percent(share: number | null): number | null {
  return share === null ? null : round(share * 100);
}
