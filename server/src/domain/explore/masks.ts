import type { Joints, Masked } from './joint.ts';
import { maskOf } from './mask.ts';
import type { Plan } from './plan.ts';

/** All tables of a question with what is hidden of them. */
export class Masks {
  readonly #joints: Joints;
  readonly #plan: Plan;
  readonly #k: number;
  readonly #made = new Map<number, Masked>();

  constructor(joints: Joints, plan: Plan, k: number) {
    this.#joints = joints;
    this.#plan = plan;
    this.#k = k;
  }

  /** @param run of filters, a bit each @param shown place among the shown axes, −1 for none */
  of(run: number, shown: number): Masked {
    const name = run * 8 + shown + 1;
    const known = this.#made.get(name);
    if (known) return known;
    const parents = this.#plan.filters
      .map((_, i) => 1 << i)
      .filter((bit) => run & bit)
      .map((bit) => this.of(run & ~bit, shown));
    if (shown >= 0) parents.push(this.of(run, -1));
    const made = maskOf(this.#joints.of(run, shown), parents, this.#k);
    this.#made.set(name, made);
    return made;
  }

  /**
   * Would the people of a cell, next to those of a table with fewer axes, tell how few are in that one
   * alone? On networks people add up, so that there one of them is told with all of its line or not.
   */
  hidesPeople(run: number, shown: number, cell: number): boolean {
    if (this.#k <= 1) return false;
    const { axes, widths } = this.of(run, shown);
    const place = axes.indexOf(0);
    if (place < 0) return this.#standsOut(run, shown, cell);
    const step = widths.slice(place + 1).reduce((all, one) => all * one, 1);
    const first = cell - (Math.floor(cell / step) % widths[place]!) * step;
    return Array.from({ length: widths[place]! }, (_, i) => first + i * step).some((one) =>
      this.#standsOut(run, shown, one),
    );
  }

  #standsOut(run: number, shown: number, cell: number): boolean {
    const { hidden, count, people } = this.of(run, shown);
    if (hidden[cell] || count[cell] === 0) return false;
    const width = shown < 0 ? 1 : this.#plan.widths[this.#plan.shown[shown]!]!;
    const [own, slot] = [Math.floor(cell / width), cell % width];
    // Any cell of all filtered axes that is in this one, to find where it is in the others.
    const inside = this.#plan.parts[run]!.of.indexOf(own);
    for (let part = run; ; part = (part - 1) & run) {
      const place = this.#plan.parts[part]!.of[inside]!;
      const least = this.#joints.of(part, -1).people[place]! - people[cell]!;
      const most = shown < 0 ? 0 : this.#joints.of(part, shown).people[place * width + slot]! - people[cell]!;
      if ([least, most].some((others) => others > 0 && others < this.#k)) return true;
      if (part === 0) return false;
    }
  }
}
