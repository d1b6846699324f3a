import { minuteOf, type Labelled } from '../engagement.ts';

/** Engagements and refusals of minutes that have not come yet (at most 5 ahead). */
export class Pending {
  readonly #facts = new Map<string, Labelled>();
  readonly #refusals = new Map<number, number>();

  add(fact: Labelled): void {
    this.#facts.set(fact.key, fact);
  }

  /** True when the engagement was waiting here. */
  remove(fact: Labelled): boolean {
    return this.#facts.delete(fact.key);
  }

  refuse(minute: number, count: number): void {
    this.#refusals.set(minute, (this.#refusals.get(minute) ?? 0) + count);
  }

  /** Take out every engagement up to `minute`. */
  due(minute: number): Labelled[] {
    const due = [...this.#facts.values()].filter((fact) => minuteOf(fact.occurredAt) <= minute);
    for (const fact of due) this.#facts.delete(fact.key);
    return due;
  }

  /** Take out every refusal count up to `minute`. */
  dueRefusals(minute: number): [number, number][] {
    const due = [...this.#refusals].filter(([at]) => at <= minute);
    for (const [at] of due) this.#refusals.delete(at);
    return due;
  }
}
