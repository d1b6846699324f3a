import type { Bounds, Masked } from './joint.ts';
import type { Lines } from './lines.ts';
import { MOST, Sheet } from './sheet.ts';

/** Cells looked at before what was found is taken for all, and times that is at least. */
const [MOST_LOOKS, TIMES] = [1_000_000, 40];

/** A table, and what is hidden of it. */
type Hidden = Pick<Masked, 'count' | 'hidden'>;

/** Bounds of the cells of a table, and of its parents' by what is told of it. */
export interface Told {
  readonly own: Bounds;
  readonly parents: readonly Bounds[];
}

/**
 * Put the sums together as a reader could who has every table of these axes and of fewer.
 * @param parents the tables without one axis each, by its place @param lines of the table
 */
export function boundsOf(table: Hidden, parents: readonly Masked[], lines: Lines): Told {
  const own = startOf(table, parents, lines);
  const above = parents.map(({ bounds }) => ({ low: bounds.low.slice(), high: bounds.high.slice() }));
  const sheet = Sheet.of(lines, own);
  const most = Math.max(TIMES, MOST_LOOKS / sheet.open);
  for (let round = 0, moved = true; moved && round < most; round++) moved = sheet.narrow(above).own;
  sheet.write(own);
  return { own, parents: above };
}

/** What is known of each cell by itself. */
function startOf({ count, hidden }: Hidden, parents: readonly Masked[], lines: Lines): Bounds {
  const own = { low: new Float64Array(count), high: new Float64Array(count) };
  const isOpen = hidden.includes(0);
  const isBlank = blankLines({ count, hidden }, lines);
  for (let cell = hidden.indexOf(1); cell >= 0; cell = hidden.indexOf(1, cell + 1)) {
    // Not empty, as an empty one is told: unless a cell of fewer axes it is in is hidden, or all of a line or of the table.
    const mayBeEmpty =
      !isOpen ||
      count[cell] === 0 ||
      lines.isInside(cell, parents) ||
      lines.places.some((place) => isBlank[lines.of(cell, place)] === 1);
    own.low[cell] = mayBeEmpty ? 0 : 1;
    own.high[cell] = MOST;
  }
  return own;
}

/** By line: is all of it hidden, though something of it is empty? */
function blankLines({ count, hidden }: Hidden, lines: Lines): Uint8Array {
  const [all, empty] = [new Uint32Array(lines.size), new Uint8Array(lines.size)];
  for (let cell = hidden.indexOf(1); cell >= 0; cell = hidden.indexOf(1, cell + 1))
    for (const place of lines.places) {
      const line = lines.of(cell, place);
      all[line]!++;
      if (count[cell] === 0) empty[line] = 1;
    }
  for (const place of lines.places) {
    const [first, end] = lines.span(place);
    for (let line = first; line < end; line++) if (all[line] !== lines.widths[place]) empty[line] = 0;
  }
  return empty;
}
