import type { ExploreFilter } from '@fanfare/contract';
import type { Slots } from './slots.ts';
import { AXES, axisOf } from './shape.ts';

/** A filter on a slot; `slot` is −1 for a key nobody has listed. */
export interface SlotFilter {
  readonly axis: number;
  readonly slot: number;
  readonly not: boolean;
}

/** What is counted for a question. Cells are those of its filtered axes together. */
export interface Plan {
  readonly filters: readonly SlotFilter[];
  /** Axes without a filter, time last. */
  readonly shown: readonly number[];
  readonly widths: readonly number[];
  readonly cells: number;
  /** By filter: what one slot of its axis adds to the number of a cell. */
  readonly strides: readonly number[];
  /** By run of filters (a bit each): how many cells there are of those axes alone, and which one a cell is in. */
  readonly parts: readonly { readonly cells: number; readonly of: Uint32Array }[];
  /** By cell: the filters (a bit each) that let it pass. */
  readonly passes: Uint8Array;
}

/** How to count what a question asks. */
export function planOf(slots: Slots, asked: readonly ExploreFilter[]): Plan {
  const filters = asked
    .map(({ by, key, not }) => ({ axis: axisOf(by), slot: slots.keys[axisOf(by)]!.indexOf(key), not }))
    .sort((a, b) => a.axis - b.axis);
  const widths = slots.keys.map((keys) => keys.length);
  const shown = AXES.map((_, axis) => axis).filter((axis) => !filters.some((one) => one.axis === axis));
  const strides = filters.map((_, i) =>
    filters.slice(i + 1).reduce((all, { axis }) => all * widths[axis]!, 1),
  );
  const cells = filters.reduce((all, { axis }) => all * widths[axis]!, 1);
  const slotIn = (cell: number, i: number) => Math.floor(cell / strides[i]!) % widths[filters[i]!.axis]!;
  const parts = Array.from({ length: 2 ** filters.length }, (_, run) => {
    const own = filters.map((_, i) => i).filter((i) => run & (1 << i));
    const number = (cell: number) =>
      own.reduce((all, i) => all * widths[filters[i]!.axis]! + slotIn(cell, i), 0);
    return {
      cells: own.reduce((all, i) => all * widths[filters[i]!.axis]!, 1),
      of: Uint32Array.from({ length: cells }, (_, cell) => number(cell)),
    };
  });
  const passes = Uint8Array.from({ length: cells }, (_, cell) =>
    filters.reduce((bits, { slot, not }, i) => bits | (not !== (slotIn(cell, i) === slot) ? 1 << i : 0), 0),
  );
  return { filters, shown, widths, cells, strides, parts, passes };
}
