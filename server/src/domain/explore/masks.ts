import { axesOf, type AxisSet, type Joint, type Masked } from './joint.ts';
import { Lines } from './lines.ts';
import { maskOf } from './mask.ts';

const NETWORK = 1;

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

  of(set: AxisSet): Masked {
    const known = this.#made.get(set);
    if (known) return known;
    const parents = axesOf(set).map((axis) => this.of(set & ~(1 << axis)));
    const made = maskOf(this.#tableOf(set), parents, this.#k);
    this.#made.set(set, made);
    return made;
  }

  /**
   * Is a cell hidden? An empty one is with any cell of fewer axes it lies in: how many parts of a hidden
   * number are not empty says how large it is at least.
   */
  hides(set: AxisSet, cell: number): boolean {
    const { hidden, count } = this.of(set);
    if (hidden[cell] || count[cell]! > 0 || this.#k <= 1) return hidden[cell] === 1;
    return this.#above(set, cell).some(([part, place]) => this.of(part).hidden[place] === 1);
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
