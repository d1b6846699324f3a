import type { Block } from './block.ts';
import type { FanRows } from './fan-rows.ts';
import { cellOf, type AxisSet, type Joint } from './joint.ts';
import { AXES } from './shape.ts';

/** A row that comes or goes. */
export interface Change {
  readonly sign: 1 | -1;
  /** By axis. */
  readonly slots: Uint8Array;
  /** By set of axes: 1 where its fan has another row with the same keys on all of them. */
  readonly others: Uint8Array;
}

const SETS = 2 ** AXES.length;

/**
 * What a row that comes or goes means for any table. @param block all rows of its fan; afterwards, as
 * they are then @param row a row of the period, alone @returns `null` when one is to go that is not there
 */
export function changeOf(block: Block, row: FanRows, sign: 1 | -1): Change | null {
  block.take(row, 0, 1);
  const last = block.size - 1;
  if (sign > 0) return { sign, ...told(block, last) };
  const gone = agreements(block, last).indexOf(SETS - 1);
  block.size = last;
  if (gone < 0) return null;
  block.swap(gone, last - 1);
  const change = { sign, ...told(block, last - 1) };
  block.size = last - 1;
  return change;
}

/** @param own the row itself; all before it are the others */
function told(block: Block, own: number): Omit<Change, 'sign'> {
  const others = new Uint8Array(SETS);
  for (const set of agreements(block, own)) others[set] = 1;
  // Who agrees on some axes agrees on fewer.
  for (let bit = 1; bit < SETS; bit <<= 1)
    for (let set: AxisSet = 0; set < SETS; set++) if (!(set & bit) && others[set | bit]) others[set] = 1;
  return { slots: Uint8Array.from(AXES, (_, axis) => block.slots[axis]![own]!), others };
}

/** For each row before one: the axes on which they are the same. */
function agreements({ slots }: Block, own: number): Uint8Array {
  const same = new Uint8Array(own);
  slots.forEach((of, axis) => {
    const [slot, bit] = [of[own]!, 1 << axis];
    for (let row = 0; row < own; row++) if (of[row] === slot) same[row]! |= bit;
  });
  return same;
}

/** Change a table. */
export function changeIn(table: Joint, { sign, slots, others }: Change): void {
  const cell = cellOf(table, slots);
  table.count[cell]! += sign;
  if (others[table.set] === 0) table.people[cell]! += sign;
}
