import { hiddenCells, isHidden, smallestShown } from '../release/hide.ts';
import { bits, type Bounds, type Joint, type Masked } from './joint.ts';
import { PlainLines, plainBounds, type Line } from './plain-bounds.fixture.ts';

// The plain way to hide cells, line by line and cell by cell: what the quick one is compared with.

/** Times something more is hidden before all of a table is. */
const ROUNDS = 4;
const NETWORK = 0;
const NONE: Bounds = { low: new Float64Array(), high: new Float64Array() };

/**
 * Which cells of a table are hidden: those about fewer than k people; those in a hidden cell of fewer
 * axes; as many more as keep each line from subtraction, in every direction at once; and what the
 * sums would tell all the same when they are put together. The tables of fewer axes are fixed before:
 * so a cell is hidden or told whatever it is asked by, and by whichever filter.
 * @param parents the same table without one axis each, by its place
 */
export function plainMask(joint: Joint, parents: readonly Masked[], k: number): Masked {
  const { count, people } = joint;
  const hidden = new Uint8Array(count.length);
  if (k <= 1) return { ...joint, hidden, bounds: NONE };
  const lines = new PlainLines(joint);
  for (let cell = 0; cell < count.length; cell++) if (isHidden(people[cell]!, k)) hidden[cell] = 1;
  for (const { cells, place, parent } of lines.all)
    if (parents[place]!.hidden[parent]) for (const cell of cells) hidden[cell] = 1;
  hideRests(joint, hidden, k);
  const told = () => plainBounds({ ...joint, hidden }, parents, lines);
  for (let round = 0; ; round++) {
    completeLines(joint, parents, lines, hidden, k);
    const bounds = told();
    const pinned = pinnedIn({ ...joint, hidden }, bounds.own, k);
    const above = parents.some((parent, i) => tellsMore(parent, bounds.parents[i]!, k));
    if (pinned.length === 0 && !above) return { ...joint, hidden, bounds: bounds.own };
    if (round < ROUNDS && !above && hideBeside(joint, parents, lines, hidden, pinned)) continue;
    for (let cell = 0; cell < hidden.length; cell++) hidden[cell] = count[cell]! > 0 ? 1 : 0;
    return { ...joint, hidden, bounds: told().own };
  }
}

/** Until nothing moves: whatever is hidden has company in every direction in which the sum is told. */
function completeLines(
  joint: Joint,
  parents: readonly Masked[],
  lines: PlainLines,
  hidden: Uint8Array,
  k: number,
): void {
  // Always in the same order, whatever is filtered and whatever is listed.
  const places = joint.axes.map((_, i) => i).sort((a, b) => joint.axes[a]! - joint.axes[b]!);
  const waits = new Uint8Array(lines.all.length).fill(1);
  for (let grown = true; grown;) {
    grown = false;
    for (const place of places)
      lines.all.forEach((line, number) => {
        if (line.place !== place || waits[number] === 0) return;
        waits[number] = 0;
        if (parents[place]!.hidden[line.parent]) return;
        for (const cell of completeLine(joint, parents[place]!, line, hidden, k)) {
          grown = true;
          hidden[cell] = 1;
          for (const other of places) waits[lines.of(cell, other)] = 1;
        }
      });
  }
}

/** Cells of a line that have to be hidden as well. */
function completeLine(
  { axes, count, people }: Joint,
  parent: Joint,
  line: Line,
  hidden: Uint8Array,
  k: number,
): number[] {
  let few = 0;
  for (const cell of line.cells) few += hidden[cell]!;
  if (few === 0 || few === line.cells.length) return [];
  const cells = [...line.cells];
  const heads = cells.map((cell) => people[cell]!);
  const around = {
    counts: cells.map((cell) => count[cell]!),
    hidden: cells.map((cell) => hidden[cell] === 1),
    // A fan is on one network only, but can be in many cells of the other axes.
    ...(axes[line.place] === NETWORK ? {} : { whole: parent.people[line.parent]! }),
  };
  const mask = hiddenCells(heads, k, around);
  // A single one could be told from the sum, and then what it keeps company to.
  if (axes.length > 1 && mask.filter(Boolean).length === 1) {
    const next = smallestShown(heads, mask);
    if (next >= 0) mask[next] = true;
  }
  return cells.filter((cell, i) => mask[i] && !hidden[cell]);
}

/** Hidden cells about too few people that can have one value only. */
function pinnedIn({ hidden, people }: Omit<Masked, 'bounds'>, { low, high }: Bounds, k: number): number[] {
  const found: number[] = [];
  for (let cell = 0; cell < hidden.length; cell++)
    if (hidden[cell] && low[cell] === high[cell] && isHidden(people[cell]!, k)) found.push(cell);
  return found;
}

/** Would this table tell a number of a smaller one that is hidden there? */
function tellsMore(parent: Masked, bounds: Bounds, k: number): boolean {
  const before = new Set(pinnedIn(parent, parent.bounds, k));
  return pinnedIn(parent, bounds, k).some((cell) => !before.has(cell));
}

/** Hide the next smallest of every line through these cells; where there is none, of the lines beside. */
function hideBeside(
  { people }: Joint,
  parents: readonly Masked[],
  lines: PlainLines,
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  const told = lines.all.filter(({ place, parent }) => !parents[place]!.hidden[parent]);
  const near = new Set(pinned);
  const next = new Set<number>();
  for (let depth = 0; depth < 2 && next.size === 0; depth++) {
    const reach = new Set(near);
    for (const line of told) {
      if (!line.cells.some((cell) => reach.has(cell))) continue;
      const cells = [...line.cells];
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

/** Hide each cell whose opposite, with two keys or more left out, is about too few. */
function hideRests({ widths, count, people }: Joint, hidden: Uint8Array, k: number): void {
  const keysOf = (cell: number) => {
    let rest = cell;
    return widths
      .toReversed()
      .map((width) => {
        const key = rest % width;
        rest = Math.floor(rest / width);
        return key;
      })
      .toReversed();
  };
  const filled = [...count.keys()]
    .filter((cell) => count[cell]! > 0)
    .map((cell) => ({ cell, keys: keysOf(cell) }));
  const shown = filled.filter(({ cell }) => !hidden[cell]);
  for (const { cell, keys } of shown)
    for (let not = 0; not < 2 ** widths.length; not++) {
      if (bits(not) < 2) continue;
      const outside = filled.filter((other) =>
        other.keys.every((key, i) => (key !== keys[i]) === Boolean(not & (1 << i))),
      );
      if (outside.length > 0 && outside.every((other) => people[other.cell]! < k)) hidden[cell] = 1;
    }
}
