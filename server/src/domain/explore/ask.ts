import type { ExploreFilter } from '@fanfare/contract';
import type { Columns } from './columns.ts';
import { jointsOf } from './joint.ts';
import { Masks } from './masks.ts';
import { placesOf, type Period } from './period.ts';
import { planOf, type Plan, type SlotFilter } from './plan.ts';
import { scan, type Counted } from './scan.ts';
import { axisOf } from './shape.ts';
import { slotsOf, type Slots } from './slots.ts';

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

/** Answer one question over the columns. Nothing else ever leaves them. @param k people below which a number is hidden */
export function ask(
  columns: Columns,
  period: Period,
  filters: readonly ExploreFilter[],
  k: number,
): ToldPeriod {
  const places = placesOf(period, columns.first);
  const slots = slotsOf(columns, period, places);
  const plan = planOf(slots, filters);
  const strange = plan.filters.filter(({ slot }) => slot < 0);
  // Too far down to be told apart.
  if (strange.some(({ axis }) => slots.keys[axis]!.includes(null))) return nothing(HIDDEN, slots);
  if (strange.length > 0) return askWithout(strange, columns, period, filters, k, slots);
  const counted = scan(columns, places, slots, plan);
  return new Answer(plan, counted, new Masks(jointsOf(plan, counted), plan, k), k).read(slots);
}

const HIDDEN: Told = { engagements: null, fans: null };
const nothing = (total: Told, slots: Slots): ToldPeriod => ({ total, tables: slots.keys.map(() => []) });

/** A question with keys that nobody has: to leave them out changes nothing, to look at them alone shows nothing. */
function askWithout(
  strange: readonly SlotFilter[],
  columns: Columns,
  period: Period,
  filters: readonly ExploreFilter[],
  k: number,
  slots: Slots,
): ToldPeriod {
  const only = strange.filter(({ not }) => !not).map(({ axis }) => axis);
  if (only.length > 1) return nothing({ engagements: 0, fans: 0 }, slots);
  const others = filters.filter(({ by }) => strange.every(({ axis }) => axis !== axisOf(by)));
  const { total, tables } = ask(columns, period, others, k);
  if (only.length === 0) return { total, tables };
  return {
    total: total.engagements === null ? HIDDEN : { engagements: 0, fans: 0 },
    tables: tables.map((rows, axis) => (axis === only[0] ? rows : [])),
  };
}

/** One cell: of which run of filters, with which shown axis (−1 none), which number. */
interface Term {
  readonly run: number;
  readonly cell: number;
  readonly sign: number;
}

class Answer {
  readonly #plan: Plan;
  readonly #counted: Counted;
  readonly #masks: Masks;
  readonly #k: number;
  readonly #nots: number;

  constructor(plan: Plan, counted: Counted, masks: Masks, k: number) {
    this.#plan = plan;
    this.#counted = counted;
    this.#masks = masks;
    this.#k = k;
    this.#nots = plan.filters.reduce((bits, { not }, i) => bits | (not ? 1 << i : 0), 0);
  }

  read({ keys }: Slots): ToldPeriod {
    const { filters, shown } = this.#plan;
    const all = 2 ** filters.length - 1;
    const total = this.#tell(all, -1, 0);
    const tables = keys.map((names, axis): ToldRow[] => {
      const s = shown.indexOf(axis);
      const f = filters.findIndex((filter) => filter.axis === axis);
      const around = s >= 0 ? total : this.#tell(all & ~(1 << f), -1, 0);
      if (around.engagements === null) return [];
      const rows = names.map((key, slot) => ({
        key,
        ...(s >= 0 ? this.#tell(all, s, slot) : this.#tell(all & ~(1 << f), -1, 0, { filter: f, slot })),
      }));
      const filled = rows.filter(({ engagements }) => engagements !== 0);
      const scarce = filled.every(({ engagements }) => engagements === null);
      // With about as many acts as keys, to name them would be to say one of each.
      return scarce && this.#k > 1 && around.engagements <= 2 * filled.length ? [] : filled;
    });
    return { total, tables };
  }

  /**
   * One cell of a question. With keys left out it is told when all cells are it follows from: so it
   * tells nothing that they do not. @param own a slot of a filtered axis, whose filter then does not count
   */
  #tell(run: number, shown: number, slot: number, own?: { filter: number; slot: number }): Told {
    const terms = this.#terms(run, shown, slot, own);
    let engagements = 0;
    for (const { run: of, cell, sign } of terms) {
      const { count, hidden } = this.#masks.of(of, shown);
      if (hidden[cell]) return HIDDEN;
      engagements += sign * count[cell]!;
    }
    return { engagements, fans: this.#fans(run, shown, slot, own, terms) };
  }

  #terms(run: number, shown: number, slot: number, own?: { filter: number; slot: number }): Term[] {
    const { filters, widths, shown: axes } = this.#plan;
    const nots = run & this.#nots;
    const width = shown < 0 ? 1 : widths[axes[shown]!]!;
    const terms: Term[] = [];
    for (let part = nots; ; part = (part - 1) & nots) {
      let of = (run & ~nots) | part;
      if (own) of |= 1 << own.filter;
      const cell = filters.reduce((all, filter, i) => {
        if (!(of & (1 << i))) return all;
        return all * widths[filter.axis]! + (own?.filter === i ? own.slot : filter.slot);
      }, 0);
      terms.push({ run: of, cell: cell * width + slot, sign: bits(part) % 2 === 0 ? 1 : -1 });
      if (part === 0) return terms;
    }
  }

  #fans(
    run: number,
    shown: number,
    slot: number,
    own: { filter: number; slot: number } | undefined,
    terms: readonly Term[],
  ): number | null {
    const masks = this.#masks;
    if (terms.some((term) => masks.hidesPeople(term.run, shown, term.cell))) return null;
    if (terms.length === 1) return masks.of(terms[0]!.run, shown).people[terms[0]!.cell]!;
    // Two exclusions at once would have to be looked at with all their opposites.
    if (terms.length > 2 && this.#k > 1) return null;
    const { asked, own: ownAsked } = this.#counted;
    const people = (part: number, inside: boolean): number => {
      if (inside && own) return ownAsked[own.filter]![part]![own.slot]!;
      return inside && shown >= 0 ? asked[part]!.by[shown]![slot]! : asked[part]!.cells[0]!;
    };
    const fans = people(run, true);
    const few = (others: number) => this.#k > 1 && others > 0 && others < this.#k;
    for (let part = run; ; part = (part - 1) & run) {
      if (few(people(part, true) - fans) || few(people(part, false) - fans)) return null;
      if (part === 0) break;
    }
    const [left, whole] = [terms.find(({ sign }) => sign < 0)!, terms.find(({ sign }) => sign > 0)!];
    const of = ({ run: at, cell }: Term) => masks.of(at, shown).people[cell]!;
    // Those who are both in what is left out and in what is left.
    return few(of(left) + fans - of(whole)) ? null : fans;
  }
}

function bits(run: number): number {
  let count = 0;
  for (let rest = run; rest > 0; rest &= rest - 1) count++;
  return count;
}
