import { AXES } from './shape.ts';

/** Counts of a period by some axes together, before release. */
export interface Joint {
  readonly set: AxisSet;
  /** Ascending; the last one runs fastest in the numbers of the cells. */
  readonly axes: readonly number[];
  readonly widths: readonly number[];
  readonly count: Uint32Array;
  /** Distinct fans. */
  readonly people: Uint32Array;
}

/** What a reader can tell of each cell: no less than `low`, no more than `high`. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A table, what is hidden of it, and what can be told of that all the same. */
export interface Masked extends Joint {
  readonly hidden: Uint8Array;
  readonly bounds: Bounds;
  /** Would the number of a cell tell of fewer than k people, by itself or by what is left without it? */
  readonly isSecret: (cell: number) => boolean;
}

/** Some axes, a bit each. */
export type AxisSet = number;

export const axesOf = (set: AxisSet): number[] =>
  AXES.map((_, axis) => axis).filter((axis) => set & (1 << axis));

/** The same axes without one of each, in their order. */
export const partsOf = (set: AxisSet): AxisSet[] => axesOf(set).map((axis) => set & ~(1 << axis));

/** An empty table. @param widths slots of each axis there is */
export function jointOf(set: AxisSet, widths: readonly number[]): Joint {
  const axes = axesOf(set);
  const cells = cellsOf(set, widths);
  return {
    set,
    axes,
    widths: axes.map((axis) => widths[axis]!),
    count: new Uint32Array(cells),
    people: new Uint32Array(cells),
  };
}

/** How many cells a table has. */
export const cellsOf = (set: AxisSet, widths: readonly number[]): number =>
  axesOf(set).reduce((all, axis) => all * widths[axis]!, 1);

/** The number of a cell. @param slots by axis */
export function cellOf({ axes, widths }: Pick<Joint, 'axes' | 'widths'>, slots: ArrayLike<number>): number {
  let cell = 0;
  for (let i = 0; i < axes.length; i++) cell = cell * widths[i]! + slots[axes[i]!]!;
  return cell;
}

/** How many bits are set. */
export function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/**
 * All tables of a question: of every run of its filtered axes, alone and with one more axis.
 * Time is never filtered by.
 */
export function setsOf(filtered: AxisSet): Set<AxisSet> {
  const sets = new Set<AxisSet>();
  for (let part = filtered; ; part = (part - 1) & filtered) {
    sets.add(part);
    AXES.forEach((_, axis) => sets.add(part | (1 << axis)));
    if (part === 0) return sets;
  }
}
