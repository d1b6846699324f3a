import { hiddenCells, isHidden, smallestShown } from '../release/hide.ts';
import { boundsOf, type Told } from './bounds.ts';
import type { Bounds, Joint, Masked } from './joint.ts';
import { Lines } from './lines.ts';
import { Rests, hideRests } from './rests.ts';

/** Times something more is hidden before all of a table is. */
const ROUNDS = 4;
const NETWORK = 0;
const NONE: Bounds = { low: new Float64Array(), high: new Float64Array() };

/** What was hidden before, and cells of it that follow all the same. */
export interface Kept {
  readonly hidden: Uint8Array;
  readonly cells: readonly number[];
}

/**
 * Which cells of a table are hidden: those about fewer than k people; those in a hidden cell of fewer
 * axes; as many more as keep each line from subtraction, in every direction at once; and what the
 * sums would tell all the same when they are put together. The tables of fewer axes are fixed before:
 * so a cell is hidden or told whatever it is asked by, and by whichever filter. Where all that is not
 * enough, nothing is told.
 * @param parents the same table without one axis each, by its place
 * @param kept what has to be hidden as well, and still more around some cells of it
 */
export function maskOf(joint: Joint, parents: readonly Masked[], k: number, kept?: Kept): Masked {
  const { count, people } = joint;
  const hidden = new Uint8Array(count.length);
  if (k <= 1) return { ...joint, hidden, bounds: NONE, isSecret: () => false };
  if (parents.some(isClosed)) return closed(joint);
  const lines = new Lines(joint);
  const rests = new Rests(joint, parents, lines, k);
  const isSecret = (cell: number) => rests.isSecret(cell);
  if (kept) {
    hidden.set(kept.hidden);
    if (!hideMore(joint, parents, lines, hidden, kept.cells)) return closed(joint);
  } else {
    for (let cell = 0; cell < count.length; cell++) if (isHidden(people[cell]!, k)) hidden[cell] = 1;
    hideInside(parents, lines, hidden);
    hideRests(joint, parents, lines, rests, hidden, k);
  }
  if (!hidden.includes(1)) {
    const exact = new Float64Array(count);
    return { ...joint, hidden, bounds: { low: exact, high: exact }, isSecret };
  }
  // What follows from the tables of fewer axes alone: to close this one would not hide it either.
  let below: Told | null = null;
  const anyway = () => (below ??= boundsOf(closed(joint), parents, lines));
  for (let round = 0; ; round++) {
    completeLines(joint, parents, lines, hidden, k);
    const told = boundsOf({ ...joint, hidden }, parents, lines);
    const pinned = pinnedIn({ hidden, isSecret }, told.own).filter((cell) => !isPinned(anyway().own, cell));
    const tells = (before: (place: number) => Bounds) =>
      parents.some((parent, place) => tellsMore(parent, before(place), told.parents[place]!));
    const above = tells((place) => parents[place]!.bounds) && tells((place) => anyway().parents[place]!);
    if (pinned.length === 0 && !above) return { ...joint, hidden, bounds: told.own, isSecret };
    if (round < ROUNDS && !above && hideMore(joint, parents, lines, hidden, pinned)) continue;
    return closed(joint);
  }
}

/** A table of which nothing is told, nor which of its cells are empty: that tells what others of their lines are. */
export function closed(joint: Joint): Masked {
  const hidden = new Uint8Array(joint.count.length).fill(1);
  // Nobody asks for what can be told of it: tables of more axes are closed as well.
  return { ...joint, hidden, bounds: NONE, isSecret: () => false };
}

export const isClosed = ({ hidden }: Masked): boolean => !hidden.includes(0);

/** What is hidden with fewer axes is with more, and what is empty in it: that tells what the others are. */
function hideInside(parents: readonly Masked[], lines: Lines, hidden: Uint8Array): void {
  for (const place of lines.places) {
    const above = parents[place]!.hidden;
    const [step, width] = [lines.steps[place]!, lines.widths[place]!];
    for (let parent = above.indexOf(1); parent >= 0; parent = above.indexOf(1, parent + 1)) {
      let cell = lines.firstOf(place, parent);
      for (let i = 0; i < width; i++, cell += step) hidden[cell] = 1;
    }
  }
}

/** Until nothing moves: whatever is hidden has company in every direction in which the sum is told. */
function completeLines(
  joint: Joint,
  parents: readonly Masked[],
  lines: Lines,
  hidden: Uint8Array,
  k: number,
): void {
  const waits = new Uint8Array(lines.size);
  const wake = (cell: number) => {
    for (const place of lines.places) waits[lines.of(cell, place)] = 1;
  };
  hidden.forEach((is, cell) => {
    if (is) wake(cell);
  });
  for (let grown = true; grown;) {
    grown = false;
    // The axes always in the same order, whatever is filtered and whatever is listed.
    for (const place of lines.places) {
      const [first, end] = lines.span(place);
      for (let line = waits.indexOf(1, first); line >= 0 && line < end; line = waits.indexOf(1, line + 1)) {
        waits[line] = 0;
        if (parents[place]!.hidden[line - first]) continue;
        for (const cell of completeLine(joint, parents[place]!, lines, place, line - first, hidden, k)) {
          grown = true;
          hidden[cell] = 1;
          wake(cell);
        }
      }
    }
  }
}

/** Cells of a line that have to be hidden as well. */
function completeLine(
  { axes, count, people }: Joint,
  parent: Joint,
  lines: Lines,
  place: number,
  whole: number,
  hidden: Uint8Array,
  k: number,
): number[] {
  const cells = filledIn(lines, place, whole, count);
  let few = 0;
  for (const cell of cells) few += hidden[cell]!;
  if (few === 0 || few === cells.length) return [];
  const heads = cells.map((cell) => people[cell]!);
  const around = {
    counts: cells.map((cell) => count[cell]!),
    hidden: cells.map((cell) => hidden[cell] === 1),
    // A fan is on one network only, but can be in many cells of the other axes.
    ...(axes[place] === NETWORK ? {} : { whole: parent.people[whole]! }),
  };
  const mask = hiddenCells(heads, k, around);
  // A single one could be told from the sum, and then what it keeps company to.
  if (axes.length > 1 && mask.filter(Boolean).length === 1) {
    const next = smallestShown(heads, mask);
    if (next >= 0) mask[next] = true;
  }
  return cells.filter((cell, i) => mask[i] && !hidden[cell]);
}

/** The cells of a line that are not empty. */
const filledIn = (lines: Lines, place: number, parent: number, count: Uint32Array): number[] =>
  lines.cellsOf(place, parent).filter((cell) => count[cell]! > 0);

/** Hidden cells that can have one value only, and must not. */
export function pinnedIn(
  { hidden, isSecret }: Pick<Masked, 'hidden' | 'isSecret'>,
  bounds: Bounds,
): number[] {
  const found: number[] = [];
  for (let cell = 0; cell < hidden.length; cell++)
    if (hidden[cell] && isPinned(bounds, cell) && isSecret(cell)) found.push(cell);
  return found;
}

export const isPinned = ({ low, high }: Bounds, cell: number): boolean => low[cell] === high[cell];

/**
 * Would this table tell a number of a smaller one that is hidden there? One side of it is enough, as the
 * other may follow from another table.
 * @param before what can be told of the smaller one without this one
 */
function tellsMore({ count, hidden, isSecret }: Masked, before: Bounds, { low, high }: Bounds): boolean {
  for (let cell = 0; cell < hidden.length; cell++) {
    if (!hidden[cell]) continue;
    const [least, most] = [low[cell] === count[cell], high[cell] === count[cell]];
    if ((least && before.low[cell]! < low[cell]!) || (most && before.high[cell]! > high[cell]!))
      if (isSecret(cell)) return true;
  }
  return false;
}

/** Hide what keeps these cells from following. @returns whether there was anything */
function hideMore(
  joint: Joint,
  parents: readonly Masked[],
  lines: Lines,
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  return (
    hideEmpty(joint, parents, lines, hidden, pinned) || hideBeside(joint, parents, lines, hidden, pinned)
  );
}

/**
 * Where everything in a line is hidden, as sixteen acts at sixteen hours, those that are not empty would
 * follow from which are: then that is not told either.
 */
function hideEmpty(
  { count }: Joint,
  parents: readonly Masked[],
  lines: Lines,
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  let more = false;
  for (const from of pinned)
    for (const place of lines.places) {
      const parent = lines.parentOf(from, place);
      if (parents[place]!.hidden[parent]) continue;
      const cells = lines.cellsOf(place, parent);
      if (!cells.every((cell) => hidden[cell] || count[cell] === 0)) continue;
      for (const cell of cells) {
        if (!hidden[cell]) more = true;
        hidden[cell] = 1;
      }
    }
  return more;
}

/** Hide the next smallest of every line through these cells; where there is none, of the lines beside. */
function hideBeside(
  { count, people }: Joint,
  parents: readonly Masked[],
  lines: Lines,
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  const near = new Set(pinned);
  const next = new Set<number>();
  for (let depth = 0; depth < 2 && next.size === 0; depth++) {
    const looked = new Set<number>();
    for (const from of [...near])
      for (const place of lines.places) {
        const [line, parent] = [lines.of(from, place), lines.parentOf(from, place)];
        if (looked.has(line) || parents[place]!.hidden[parent]) continue;
        looked.add(line);
        const cells = filledIn(lines, place, parent, count);
        for (const cell of cells) if (hidden[cell]) near.add(cell);
        const found = smallestShown(
          cells.map((cell) => people[cell]!),
          cells.map((cell) => hidden[cell] === 1),
        );
        if (found >= 0) next.add(cells[found]!);
      }
  }
  for (const cell of next) hidden[cell] = 1;
  return next.size > 0;
}
