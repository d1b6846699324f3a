import type { Block, Counts } from './block.ts';
import { AXES, MOST_KEYS } from './shape.ts';

/** A filter on a slot. */
export interface SlotFilter {
  readonly axis: number;
  readonly slot: number;
  readonly not: boolean;
}

/**
 * Distinct fans who pass filters that leave keys out, of each run of these filters (a bit each) and by
 * slot of each axis: no sum of tables tells them.
 */
export class Passing implements Counts {
  readonly #axes: readonly [number, number, number];
  /** By filter and slot: the bit of the filter where it lets a row pass. */
  readonly #passes: readonly [Uint8Array, Uint8Array, Uint8Array];
  readonly #runs: number;
  readonly #people: Uint32Array;
  /** By run, axis and slot. */
  readonly #by: readonly (readonly Uint32Array[])[];
  /** By which filters let a row pass, and axis: the slots of the fan at hand, as bits. */
  readonly #masks: Int32Array;

  /** @param filters three at most @param widths slots of each axis */
  constructor(filters: readonly SlotFilter[], widths: readonly number[]) {
    const bitsOf = (i: number) =>
      Uint8Array.from({ length: MOST_KEYS }, (_, slot) =>
        filters[i] && filters[i].not !== (filters[i].slot === slot) ? 1 << i : 0,
      );
    this.#passes = [bitsOf(0), bitsOf(1), bitsOf(2)];
    this.#axes = [filters[0]?.axis ?? 0, filters[1]?.axis ?? 0, filters[2]?.axis ?? 0];
    this.#runs = 2 ** filters.length;
    this.#people = new Uint32Array(this.#runs);
    this.#by = Array.from({ length: this.#runs }, () => widths.map((width) => new Uint32Array(width)));
    this.#masks = new Int32Array(this.#runs * AXES.length);
  }

  /** People who pass the filters of a run; with an axis, those of one of its slots alone. */
  people(run: number, axis: number, slot: number): number {
    return axis < 0 ? this.#people[run]! : this.#by[run]![axis]![slot]!;
  }

  add({ size, fan, slots }: Block, sign: 1 | -1): void {
    const masks = this.#masks;
    const [first, second, third] = this.#passes;
    const [keys, others, last] = [slots[this.#axes[0]]!, slots[this.#axes[1]]!, slots[this.#axes[2]]!];
    const [n, k, c, l, h, t] = slots as [Uint8Array, Uint8Array, ...Uint8Array[]];
    for (let row = 0; row < size; row++) {
      if (row > 0 && fan[row] !== fan[row - 1]) this.#put(sign);
      const passes = first[keys[row]!]! | second[others[row]!]! | third[last[row]!]!;
      const at = passes * AXES.length;
      masks[at]! |= 1 << n[row]!;
      masks[at + 1]! |= 1 << k[row]!;
      masks[at + 2]! |= 1 << c![row]!;
      masks[at + 3]! |= 1 << l![row]!;
      masks[at + 4]! |= 1 << h![row]!;
      masks[at + 5]! |= 1 << t![row]!;
    }
    if (size > 0) this.#put(sign);
  }

  /** A fan is over. */
  #put(sign: number): void {
    const [masks, axes] = [this.#masks, AXES.length];
    // From the filters that let pass, and no others, to those at least.
    for (let bit = 1; bit < this.#runs; bit <<= 1)
      for (let run = 0; run < this.#runs; run++)
        if (!(run & bit))
          for (let axis = 0; axis < axes; axis++)
            masks[run * axes + axis]! |= masks[(run | bit) * axes + axis]!;
    for (let run = 0; run < this.#runs; run++) {
      if (masks[run * axes] === 0) continue;
      this.#people[run]! += sign;
      const by = this.#by[run]!;
      for (let axis = 0; axis < axes; axis++) {
        const counts = by[axis]!;
        for (let rest = masks[run * axes + axis]!; rest !== 0; rest &= rest - 1)
          counts[31 - Math.clz32(rest & -rest)]! += sign;
      }
    }
    masks.fill(0);
  }
}
