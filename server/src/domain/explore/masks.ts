import { bits, partsOf, type AxisSet, type Joint, type Masked } from './joint.ts';
import { Lines } from './lines.ts';
import { maskOf, type Kept } from './mask.ts';
import { fixTogether, ofSize } from './together.ts';

const NETWORK = 1;
/** The tables of more axes are too large to be put together with one another. */
const TOGETHER = [2, 3];

/** The tables of a period with what is hidden of them. */
export class Masks {
  readonly #tableOf: (set: AxisSet) => Joint;
  readonly #k: number;
  readonly #made = new Map<AxisSet, Masked>();

  /** @param tableOf of some axes, counted already @param k people below which a number is hidden */
  constructor(tableOf: (set: AxisSet) => Joint, k: number) {
    this.#tableOf = tableOf;
    this.#k = k;
  }

  /** The tables that have to be counted before something is told of these. */
  static needs(sets: ReadonlySet<AxisSet>): Set<AxisSet> {
    const largest = Math.max(...[...sets].map(bits));
    const sizes = largest < TOGETHER[0]! ? [] : [0, 1, ...TOGETHER].filter((size) => size <= largest);
    return new Set([...sets, ...sizes.flatMap(ofSize)]);
  }

  /** @returns what is hidden of a table, the same whatever else is asked for */
  of(set: AxisSet): Masked {
    if (!this.#made.has(set)) this.#make(set);
    return this.#made.get(set)!;
  }

  #make(set: AxisSet): void {
    const size = bits(set);
    if (this.#k <= 1 || !TOGETHER.includes(size)) {
      this.#made.set(set, this.#fix(set));
      return;
    }
    for (const one of ofSize(size)) this.#made.set(one, this.#fix(one));
    fixTogether(this.#made, size, (one, cells) => this.#fix(one, { hidden: this.of(one).hidden, cells }));
  }

  #fix(set: AxisSet, kept?: Kept): Masked {
    const parents = partsOf(set).map((part) => this.of(part));
    return maskOf(this.#tableOf(set), parents, this.#k, kept);
  }

  /** Is a cell hidden? */
  hides(set: AxisSet, cell: number): boolean {
    return this.of(set).hidden[cell] === 1;
  }

  /**
   * Would the people of a cell, next to those of a table with fewer axes, tell how few are in that one
   * alone? On networks people add up, so that there one of them is told with all of its line or not.
   */
  hidesPeople(set: AxisSet, cell: number): boolean {
    if (this.#k <= 1) return false;
    if (!(set & NETWORK)) return this.#standsOut(set, cell);
    const lines = new Lines(this.of(set));
    const [first, step] = [lines.firstOf(0, lines.parentOf(cell, 0)), lines.steps[0]!];
    for (let i = 0; i < lines.widths[0]!; i++) if (this.#standsOut(set, first + i * step)) return true;
    return false;
  }

  #standsOut(set: AxisSet, cell: number): boolean {
    const { hidden, count, people } = this.of(set);
    if (hidden[cell] || count[cell] === 0) return false;
    return this.#above(set, cell).some(([part, place]) => {
      const others = this.#tableOf(part).people[place]! - people[cell]!;
      return others > 0 && others < this.#k;
    });
  }

  /** The cells of fewer axes that a cell is in. */
  #above(set: AxisSet, cell: number): (readonly [part: AxisSet, place: number])[] {
    const { axes, widths } = this.#tableOf(set);
    const slots = new Map<number, number>();
    let rest = cell;
    for (let i = axes.length - 1; i >= 0; i--) {
      slots.set(axes[i]!, rest % widths[i]!);
      rest = Math.floor(rest / widths[i]!);
    }
    const above: (readonly [AxisSet, number])[] = [];
    for (let part = set; part > 0;) {
      part = (part - 1) & set;
      const table = this.#tableOf(part);
      let place = 0;
      table.axes.forEach((axis, i) => (place = place * table.widths[i]! + slots.get(axis)!));
      above.push([part, place]);
    }
    return above;
  }
}
