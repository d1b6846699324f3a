import type { FanRows } from './fan-rows.ts';
import { AXES, DEAD } from './shape.ts';
import type { Slots } from './slots.ts';

const START = 16_384;

/** Rows of some fans in a period, as slots of each axis; those of a fan follow each other. */
export class Block {
  size = 0;
  /** Fans in it. */
  fans = 0;
  /** By row: which fan of the block it is of. */
  fan = new Int32Array(START);
  /** By axis and row. */
  slots = AXES.map(() => new Uint8Array(START)) as [Uint8Array, ...Uint8Array[]] & Uint8Array[];
  readonly #places: Int16Array;
  readonly #slots: Slots;

  /** @param places hour and step of each quarter, see `placesOf` */
  constructor(places: Int16Array, slots: Slots) {
    this.#places = places;
    this.#slots = slots;
  }

  /** Take those rows of one fan that are in the period. */
  take({ nk, pair, quarter }: FanRows, from: number, to: number): void {
    this.#make(this.size + to - from);
    const { networkOf, kindOf, campaignOf, languageOf } = this.#slots;
    const [places, fans, own] = [this.#places, this.fan, this.fans];
    const [ofN, ofK, ofC, ofL, ofH, ofT] = this.slots as [Uint8Array, Uint8Array, ...Uint8Array[]];
    let size = this.size;
    for (let i = from; i < to; i++) {
      const place = places[quarter[i]!]!;
      if (place < 0) continue;
      const n = nk[i]!;
      if (n === DEAD) continue;
      const p = pair[i]!;
      fans[size] = own;
      ofN[size] = networkOf[n]!;
      ofK[size] = kindOf[n]!;
      ofC![size] = campaignOf[p]!;
      ofL![size] = languageOf[p]!;
      ofH![size] = place & 31;
      ofT![size] = place >> 5;
      size++;
    }
    this.size = size;
  }

  /** Change the places of two rows of one fan. */
  swap(one: number, other: number): void {
    for (const slots of this.slots) [slots[one], slots[other]] = [slots[other]!, slots[one]!];
  }

  /** What comes next is of another fan. */
  next(): void {
    if (this.size > 0 && this.fan[this.size - 1] === this.fans) this.fans++;
  }

  clear(): void {
    this.size = 0;
    this.fans = 0;
  }

  #make(size: number): void {
    if (size <= this.fan.length) return;
    const room = 2 ** Math.ceil(Math.log2(size));
    const [fan, slots] = [this.fan, this.slots];
    this.fan = new Int32Array(room);
    this.fan.set(fan);
    this.slots = slots.map((old) => {
      const fresh = new Uint8Array(room);
      fresh.set(old);
      return fresh;
    }) as [Uint8Array, ...Uint8Array[]];
  }
}

/** Counts that fans are added to and taken from. */
export interface Counts {
  /** @param sign 1 adds the fans of the block, −1 takes them back */
  add(block: Block, sign: 1 | -1): void;
}
