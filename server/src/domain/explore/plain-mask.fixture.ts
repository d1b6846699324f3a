import { hiddenCells, isHidden, smallestShown } from '../release/hide.ts';
import { bits, type Bounds, type Joint, type Masked } from './joint.ts';
import type { Kept } from './mask.ts';
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
 * @param kept what has to be hidden as well, and still more around some cells of it
 */
export function plainMask(joint: Joint, parents: readonly Masked[], k: number, kept?: Kept): Masked {
  const { count, people } = joint;
  const hidden = new Uint8Array(count.length);
  if (k <= 1) return { ...joint, hidden, bounds: NONE, isSecret: () => false };
  const closed = { ...joint, hidden: hidden.map(() => 1), bounds: NONE, isSecret: () => false };
  if (parents.some((parent) => !parent.hidden.includes(0))) return closed;
  const isSecret = secretsOf(joint, parents, k);
  const lines = new PlainLines(joint);
  for (let cell = 0; cell < count.length; cell++) if (isHidden(people[cell]!, k)) hidden[cell] = 1;
  for (const { cells, place, parent } of withEmpty(joint).all)
    if (parents[place]!.hidden[parent]) for (const cell of cells) hidden[cell] = 1;
  hideRests(joint, parents, hidden, k);
  kept?.hidden.forEach((is, cell) => (hidden[cell]! |= is));
  if (kept && !hideMore(joint, parents, hidden, kept.cells)) return closed;
  // What follows from the tables of fewer axes alone: to close this one would not hide it either.
  const anyway = plainBounds(closed, parents);
  for (let round = 0; ; round++) {
    completeLines(joint, parents, lines, hidden, k);
    const bounds = plainBounds({ ...joint, hidden }, parents);
    const pinned = pinnedIn({ hidden, isSecret }, bounds.own).filter(
      (cell) => anyway.own.low[cell] !== anyway.own.high[cell],
    );
    const above =
      parents.some((parent, i) => tellsMore(parent, parent.bounds, bounds.parents[i]!)) &&
      parents.some((parent, i) => tellsMore(parent, anyway.parents[i]!, bounds.parents[i]!));
    if (pinned.length === 0 && !above) return { ...joint, hidden, bounds: bounds.own, isSecret };
    if (round < ROUNDS && !above && hideMore(joint, parents, hidden, pinned)) continue;
    return closed;
  }
}

/** The lines of all cells, empty ones too. */
function withEmpty(joint: Joint): PlainLines {
  return new PlainLines({ ...joint, count: joint.count.map(() => 1) });
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

/** Hidden cells that can have one value only, and must not. */
function pinnedIn(
  { hidden, isSecret }: Pick<Masked, 'hidden' | 'isSecret'>,
  { low, high }: Bounds,
): number[] {
  return [...hidden.keys()].filter((cell) => hidden[cell] && low[cell] === high[cell] && isSecret(cell));
}

/** Would this table tell one side of a number of a smaller one that is hidden there? */
function tellsMore({ count, hidden, isSecret }: Masked, before: Bounds, { low, high }: Bounds): boolean {
  return [...hidden.keys()].some((cell) => {
    if (!hidden[cell]) return false;
    const least = low[cell] === count[cell] && before.low[cell] !== count[cell];
    const most = high[cell] === count[cell] && before.high[cell] !== count[cell];
    return (least || most) && isSecret(cell);
  });
}

/** Hide the empty cells of lines of which all else is hidden; where there is none, cells that are told. */
function hideMore(
  joint: Joint,
  parents: readonly Masked[],
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  const blank = withEmpty(joint).all.filter(
    ({ cells, place, parent }) =>
      !parents[place]!.hidden[parent] &&
      cells.some((cell) => pinned.includes(cell)) &&
      cells.every((cell) => hidden[cell] || joint.count[cell] === 0),
  );
  const empty = blank.flatMap(({ cells }) => [...cells].filter((cell) => !hidden[cell]));
  for (const cell of empty) hidden[cell] = 1;
  return empty.length > 0 || hideBeside(joint, parents, hidden, pinned);
}

/** Hide the next smallest of every line through these cells; where there is none, of the lines beside. */
function hideBeside(
  joint: Joint,
  parents: readonly Masked[],
  hidden: Uint8Array,
  pinned: readonly number[],
): boolean {
  const { count, people } = joint;
  // An empty one can follow as well.
  const told = withEmpty(joint).all.filter(({ place, parent }) => !parents[place]!.hidden[parent]);
  const near = new Set(pinned);
  const next = new Set<number>();
  for (let depth = 0; depth < 2 && next.size === 0; depth++) {
    const reach = new Set(near);
    for (const line of told) {
      if (!line.cells.some((cell) => reach.has(cell))) continue;
      const cells = [...line.cells].filter((cell) => count[cell]! > 0);
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

/** By cell: what is left of the table when all of these keys of it are left out, others of it kept. */
function opposites({ widths, count, people }: Joint, least: number): (cell: number) => number[][] {
  const keysOf = (cell: number) =>
    widths.map((width, i) => Math.floor(cell / widths.slice(i + 1).reduce((a, b) => a * b, 1)) % width);
  const filled = [...count.keys()]
    .filter((cell) => count[cell]! > 0)
    .map((cell) => ({ people: people[cell]!, keys: keysOf(cell) }));
  const nots = [...Array(2 ** widths.length).keys()].filter((not) => bits(not) >= least);
  return (cell) => {
    const keys = keysOf(cell);
    return nots.map((not) =>
      filled
        .filter((other) => other.keys.every((key, i) => (key !== keys[i]) === Boolean(not & (1 << i))))
        .map((other) => other.people),
    );
  };
}

/** Hide each cell whose opposite, with two keys or more left out, is about too few. */
function hideRests(joint: Joint, parents: readonly Masked[], hidden: Uint8Array, k: number): void {
  if (joint.widths.length < 2) return;
  const restsOf = opposites(joint, 2);
  const all = withEmpty(joint);
  for (const { cells, place, parent } of all.all.filter(({ place }) => place === 0))
    for (const cell of cells) {
      if (hidden[cell] || parents[place]!.hidden[parent]) continue;
      const isInHidden = all.all.some(
        (line) => line.cells.includes(cell) && parents[line.place]!.hidden[line.parent],
      );
      if (!isInHidden && restsOf(cell).some((rest) => rest.length > 0 && Math.max(...rest) < k))
        hidden[cell] = 1;
    }
}

/** Cells whose number would tell of fewer than k people. */
function secretsOf(joint: Joint, parents: readonly Joint[], k: number): (cell: number) => boolean {
  const { axes, count, people } = joint;
  const restsOf = opposites(joint, 2);
  const { all } = new PlainLines(joint);
  return (cell) => {
    if (isHidden(people[cell]!, k)) return true;
    if (restsOf(cell).some((rest) => rest.length > 0 && Math.max(...rest) < k)) return true;
    if (count[cell] === 0) return false;
    return all.some(({ cells, place, parent }) => {
      if (!cells.includes(cell) || cells.length < 2) return false;
      const others = [...cells].filter((one) => one !== cell).map((one) => people[one]!);
      const beside = parents[place]!.people[parent]! - people[cell]!;
      const sum = others.reduce((a, b) => a + b, 0);
      return (axes[place] === NETWORK ? sum : Math.max(...others, beside)) < k;
    });
  };
}
