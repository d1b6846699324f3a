import type { ExploreFilter } from '@fanfare/contract';
import type { Cube } from './cube.ts';
import { bits, cellOf, setsOf, type AxisSet } from './joint.ts';
import { Masks } from './masks.ts';
import type { SlotFilter } from './passing.ts';
import { AXES, axisOf } from './shape.ts';
import type { Slots } from './slots.ts';

/** What is told of one cell: `null` engagements are hidden; `null` fans would tell of a few who stand apart. */
export interface Told {
  readonly engagements: number | null;
  readonly fans: number | null;
}

export interface ToldRow extends Told {
  readonly key: string | null;
}

/** What a period shows under some filters, after suppression. */
export interface ToldPeriod {
  readonly total: Told;
  /** By axis, time last; the rows that are not empty. */
  readonly tables: readonly (readonly ToldRow[])[];
}

/** Answer one question of a period. Nothing else ever leaves it. @param k people below which a number is hidden */
export function answer(cube: Cube, asked: readonly ExploreFilter[], k: number): ToldPeriod {
  const slots = cube.slots();
  const filters = asked
    .map(({ by, key, not }) => ({ axis: axisOf(by), slot: slots.keys[axisOf(by)]!.indexOf(key), not }))
    .sort((a, b) => a.axis - b.axis);
  const strange = filters.filter(({ slot }) => slot < 0);
  // Too far down to be told apart.
  if (strange.some(({ axis }) => slots.keys[axis]!.includes(null))) return nothing(HIDDEN, slots);
  if (strange.length > 0) return answerWithout(strange, cube, asked, k, slots);
  const sets = setsOf(filters.reduce((set, { axis }) => set | (1 << axis), 0));
  cube.ensure(k > 1 ? Masks.needs(sets) : sets);
  return new Answer(cube, filters, k).read(slots);
}

const HIDDEN: Told = { engagements: null, fans: null };
const nothing = (total: Told, slots: Slots): ToldPeriod => ({ total, tables: slots.keys.map(() => []) });

/** A question with keys that nobody has: to leave them out changes nothing, to look at them alone shows nothing. */
function answerWithout(
  strange: readonly SlotFilter[],
  cube: Cube,
  asked: readonly ExploreFilter[],
  k: number,
  slots: Slots,
): ToldPeriod {
  const only = strange.filter(({ not }) => !not).map(({ axis }) => axis);
  if (only.length > 1) return nothing({ engagements: 0, fans: 0 }, slots);
  const others = asked.filter(({ by }) => strange.every(({ axis }) => axis !== axisOf(by)));
  const { total, tables } = answer(cube, others, k);
  if (only.length === 0) return { total, tables };
  return {
    total: total.engagements === null ? HIDDEN : { engagements: 0, fans: 0 },
    tables: tables.map((rows, axis) => (axis === only[0] ? rows : [])),
  };
}

/** One cell of one table, added or taken off. */
interface Term {
  readonly set: AxisSet;
  readonly cell: number;
  readonly sign: number;
}

class Answer {
  readonly #cube: Cube;
  readonly #filters: readonly SlotFilter[];
  readonly #masks: Masks;
  readonly #k: number;
  /** The filters that leave a key out, a bit each. */
  readonly #nots: number;

  constructor(cube: Cube, filters: readonly SlotFilter[], k: number) {
    this.#cube = cube;
    this.#filters = filters;
    this.#masks = cube.masks(k);
    this.#k = k;
    this.#nots = filters.reduce((run, { not }, i) => run | (not ? 1 << i : 0), 0);
  }

  read({ keys }: Slots): ToldPeriod {
    const all = 2 ** this.#filters.length - 1;
    const total = this.#tell(all, -1, 0);
    const tables = keys.map((names, axis): ToldRow[] => {
      // A dimension's own filter does not narrow its own list.
      const own = this.#filters.findIndex((filter) => filter.axis === axis);
      const run = own < 0 ? all : all & ~(1 << own);
      const around = own < 0 ? total : this.#tell(run, -1, 0);
      if (around.engagements === null) return [];
      const rows = names.map((key, slot) => ({ key, ...this.#tell(run, axis, slot) }));
      const filled = rows.filter(({ engagements }) => engagements !== 0);
      const scarce = filled.every(({ engagements }) => engagements === null);
      // With about as many acts as keys, to name them would be to say one of each.
      return scarce && this.#k > 1 && around.engagements <= 2 * filled.length ? [] : filled;
    });
    return { total, tables };
  }

  /**
   * One cell of a question. With keys left out it is told when all cells are it follows from: so it
   * tells nothing that they do not. @param run of filters, a bit each @param axis that is listed, −1 for none
   */
  #tell(run: number, axis: number, slot: number): Told {
    const terms = this.#terms(run, axis, slot);
    let engagements = 0;
    for (const { set, cell, sign } of terms) {
      if (this.#masks.hides(set, cell)) return HIDDEN;
      engagements += sign * this.#cube.table(set).count[cell]!;
    }
    return { engagements, fans: this.#fans(run, axis, slot, terms) };
  }

  #terms(run: number, axis: number, slot: number): Term[] {
    const nots = run & this.#nots;
    const terms: Term[] = [];
    for (let part = nots; ; part = (part - 1) & nots) {
      const at = this.#place((run & ~nots) | part, axis, slot);
      terms.push({ ...at, sign: bits(part) % 2 === 0 ? 1 : -1 });
      if (part === 0) return terms;
    }
  }

  /** The cell that has the key of each of these filters, and the one that is listed. */
  #place(run: number, axis: number, slot: number): { readonly set: AxisSet; readonly cell: number } {
    const slots = AXES.map(() => 0);
    let set = 0;
    this.#filters.forEach((filter, i) => {
      if (!(run & (1 << i))) return;
      set |= 1 << filter.axis;
      slots[filter.axis] = filter.slot;
    });
    if (axis >= 0) {
      set |= 1 << axis;
      slots[axis] = slot;
    }
    return { set, cell: cellOf(this.#cube.table(set), slots) };
  }

  #fans(run: number, axis: number, slot: number, terms: readonly Term[]): number | null {
    const masks = this.#masks;
    if (terms.some(({ set, cell }) => masks.hidesPeople(set, cell))) return null;
    const of = ({ set, cell }: Omit<Term, 'sign'>) => this.#cube.table(set).people[cell]!;
    if (terms.length === 1) return of(terms[0]!);
    // Two exclusions at once would have to be looked at with all their opposites.
    if (terms.length > 2 && this.#k > 1) return null;
    const passing = this.#cube.passing(this.#filters);
    const fans = passing.people(run, axis, slot);
    const few = (others: number) => this.#k > 1 && others > 0 && others < this.#k;
    for (let part = run; ; part = (part - 1) & run) {
      if (few(passing.people(part, axis, slot) - fans) || few(passing.people(part, -1, 0) - fans))
        return null;
      if (part === 0) break;
    }
    const [left, whole] = [terms.find(({ sign }) => sign < 0)!, terms.find(({ sign }) => sign > 0)!];
    // Those who are both in what is left out and in what is left.
    return few(of(left) + fans - of(whole)) ? null : fans;
  }
}
