/** What is known of a table beside the people of its cells. */
export interface Around {
  /** The number of each cell that adds up to the total; without it the people themselves. */
  readonly counts?: readonly number[];
  /** Distinct people of the whole table; without it everybody is in one cell only. */
  readonly whole?: number;
  /** What the total holds beside the cells that are listed: nobody publishes it, subtraction does. */
  readonly rest?: Rest | undefined;
  /** Cells that are hidden whatever they are about. */
  readonly hidden?: readonly boolean[];
}

/** A part of a table that is not listed. */
export interface Rest {
  readonly count: number;
  /** Distinct people it is about; fewer where only that is known. */
  readonly people: number;
  /** True when another total tells it apart, so that no hidden cell can hide behind it. */
  readonly apart?: boolean;
}

/** Is a number about this many people hidden? Nobody at all is no secret. */
export function isHidden(people: number | null, k: number): boolean {
  return people !== null && people > 0 && people < k;
}

/**
 * Which cells of a table with a known total are hidden: those about fewer than k people, then the
 * next smallest until what subtraction leaves, all hidden cells together, is about k people at
 * least, of two cells or more, and no cell is pinned to its smallest possible value.
 */
export function hiddenCells(people: readonly number[], k: number, around: Around = {}): boolean[] {
  const hidden = people.map((count, i) => isHidden(count, k) || (around.hidden?.[i] ?? false));
  if (k <= 1) return hidden;
  while (!isSafe(people, hidden, k, around)) {
    const next = smallestShown(people, hidden);
    if (next < 0) break;
    hidden[next] = true;
  }
  return hidden;
}

function isSafe(people: readonly number[], hidden: readonly boolean[], k: number, around: Around): boolean {
  const { counts = people, rest } = around;
  const whole = around.whole ?? sum(people);
  let [cells, count, heads, largest, shown] = [0, 0, 0, 0, 0];
  for (let i = 0; i < people.length; i++) {
    if (!hidden[i]) {
      shown += people[i]!;
      continue;
    }
    cells++;
    count += counts[i]!;
    heads += people[i]!;
    largest = Math.max(largest, people[i]!);
  }
  if (cells === 0) return !rest || rest.count === 0 || rest.people >= k;
  // Cells may share people: sure are those of the largest, and those who are in no shown cell.
  const alone = !rest || rest.count === 0;
  const behind = rest?.apart ? 0 : Math.max(rest?.people ?? 0, whole - shown);
  const sure = Math.max(largest, alone ? whole - shown : behind);
  const pinned = count <= cells || (heads <= cells && around.whole === undefined);
  // A single one that is about enough people keeps company to what is not listed.
  return (cells > 1 || largest >= k) && sure >= k && !pinned;
}

/** The smallest cell that is shown and not empty, −1 for none. */
export function smallestShown(people: readonly number[], hidden: readonly boolean[]): number {
  let next = -1;
  people.forEach((count, i) => {
    if (!hidden[i] && count > 0 && (next < 0 || count < people[next]!)) next = i;
  });
  return next;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
