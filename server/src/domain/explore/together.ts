import { axesOf, bits, cellsOf, partsOf, type AxisSet, type Bounds, type Masked } from './joint.ts';
import { Lines } from './lines.ts';
import { closed, isClosed, isPinned, pinnedIn } from './mask.ts';
import { AXES } from './shape.ts';
import { MOST, Sheet } from './sheet.ts';

/** Times something more is hidden before all of a table is. */
const ROUNDS = 3;
/** Cells of larger tables that are put together at most, small tables first. */
const MOST_CELLS = 300_000;
/** Cells looked at before what was found is taken for all: some tenths of a second. */
const MOST_LOOKS = 4_000_000;

const ALL = Array.from({ length: 1 << AXES.length }, (_, set) => set);
/** All tables of so many axes. */
export const ofSize = (size: number): readonly AxisSet[] => ALL.filter((set) => bits(set) === size);

/**
 * Where keys of two axes go together, as reactions and no language, what one table hides may follow from
 * another: the reactions of a day are the acts of that day without a language. So all tables of as many
 * axes are put together as a reader could, and more of them is hidden until nothing follows that must not.
 * @param masks of every table of up to `size` axes, changed
 * @param again fixes a table anew, with these cells of it kept from following
 * @param follows what a reader finds out
 */
export function fixTogether(
  masks: Map<AxisSet, Masked>,
  size: number,
  again: (set: AxisSet, cells: readonly number[]) => Masked,
  follows = boundsTogether,
): void {
  for (let round = 0, moved = true; moved; round++) {
    moved = false;
    const known = follows(masks, size);
    for (const set of ofSize(size)) {
      const mask = masks.get(set)!;
      if (isClosed(mask)) continue;
      const cells = pinnedIn(mask, known.get(set)!).filter((cell) => !isPinned(mask.bounds, cell));
      if (cells.length === 0) continue;
      moved = true;
      // From some round on a table is closed each time.
      masks.set(set, round < ROUNDS ? again(set, cells) : closed(mask));
    }
    if (moved) continue;
    for (const set of ofSize(size)) {
      const mask = masks.get(set)!;
      if (!isClosed(mask)) masks.set(set, { ...mask, bounds: known.get(set)! });
    }
  }
}

/**
 * What follows of each table when all are put together, also through those of one more axis: nothing is
 * told of these, but each of their cells is in a line of every smaller one, and empty where that is.
 * By interval propagation: bounds are narrowed by one table after another until none moves.
 */
function boundsTogether(masks: ReadonlyMap<AxisSet, Masked>, size: number): Map<AxisSet, Bounds> {
  const known = new Map<AxisSet, Bounds>();
  const sheets = new Map<AxisSet, Sheet>();
  for (const [set, mask] of masks) {
    if (bits(set) > size) continue;
    known.set(set, startOf(mask));
    if (set > 0 && mask.hidden.includes(1)) sheets.set(set, Sheet.of(new Lines(mask), known.get(set)!));
  }
  for (const link of linking(masks, size)) {
    const above = partsOf(link.set).map((part) => known.get(part)!);
    sheets.set(link.set, Sheet.hidden(new Lines(link), above));
  }
  const waits = new Set(sheets.keys());
  let looks = 0;
  for (const set of waits) {
    waits.delete(set);
    if ((looks += sheets.get(set)!.open) > MOST_LOOKS) break;
    const moved = narrow(set, sheets.get(set)!, known);
    for (const other of sheets.keys())
      if ([other, ...partsOf(other)].some((one) => moved.has(one))) waits.add(other);
  }
  return known;
}

/** Put the sums of one table together with what is known. @returns the tables of which more is known now */
function narrow(set: AxisSet, sheet: Sheet, known: ReadonlyMap<AxisSet, Bounds>): Set<AxisSet> {
  const parts = partsOf(set);
  const bounds = known.get(set);
  if (bounds) sheet.read(bounds);
  const { own, above } = sheet.narrow(parts.map((part) => known.get(part)!));
  if (bounds) sheet.write(bounds);
  return new Set([...parts.filter((_, place) => above[place]), ...(own ? [set] : [])]);
}

/** The tables of one more axis in which something is hidden. */
function linking(masks: ReadonlyMap<AxisSet, Masked>, size: number) {
  const links = ofSize(size + 1).flatMap((set) => {
    const parts = partsOf(set).map((part) => masks.get(part)!);
    if (!parts.some(({ hidden }) => hidden.includes(1))) return [];
    const widths: number[] = [];
    for (const { axes, widths: own } of parts) axes.forEach((axis, i) => (widths[axis] = own[i]!));
    return [{ set, widths: axesOf(set).map((axis) => widths[axis]!), size: cellsOf(set, widths) }];
  });
  let cells = 0;
  return links.sort((a, b) => a.size - b.size).filter((link) => (cells += link.size) <= MOST_CELLS);
}

/** What is known of a table by itself; of one that is hidden whole, nothing. */
function startOf(mask: Masked): Bounds {
  const { count, bounds } = mask;
  if (!isClosed(mask)) return { low: bounds.low.slice(), high: bounds.high.slice() };
  return { low: new Float64Array(count.length), high: new Float64Array(count.length).fill(MOST) };
}
