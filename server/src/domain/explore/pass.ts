import { Block, type Counts } from './block.ts';
import type { Columns } from './columns.ts';
import type { Slots } from './slots.ts';

/**
 * Rows counted together, of one network: so that the cells they are in, a part of each table, stay in
 * the processor's cache while they are.
 */
const TOGETHER = 32_768;

/** One pass over all rows of a period, from the first fan to the last; it can be left off and gone on with. */
export class Pass {
  /** The first fan not counted yet. */
  next = 0;
  readonly #counts: Counts;
  readonly #networkOf: Uint8Array;
  /** By network. */
  readonly #blocks: readonly Block[];

  constructor(counts: Counts, places: Int16Array, slots: Slots) {
    this.#counts = counts;
    this.#networkOf = slots.networkOf;
    this.#blocks = slots.keys[0]!.map(() => new Block(places, slots));
  }

  /**
   * Count on. What was looked at may still wait in a block: as counts are sums, a fan can be taken from
   * them before it is added. @param most rows to look at, more or less @returns whether all are counted
   */
  go(columns: Columns, most = Infinity): boolean {
    // First, as it may put what waits among the others.
    const tail = columns.tail();
    const { starts } = columns.base;
    const fans = starts.length - 1;
    const last = Math.max(fans, (tail.fans.at(-1) ?? -1) + 1);
    let looked = 0;
    let late = firstFrom(tail.fans, this.next);
    for (; this.next < last && looked < most; this.next++) {
      const fan = this.next;
      const isLate = tail.fans[late] === fan;
      const [from, to] = fan < fans ? [starts[fan]!, starts[fan + 1]!] : [0, 0];
      if (from === to && !isLate) continue;
      // Where the first row was taken back, any block will do.
      const code = from < to ? columns.base.nk[from]! : tail.nk[tail.starts[late]!]!;
      const block = this.#blocks[this.#networkOf[code] ?? 0]!;
      if (from < to) block.take(columns.base, from, to);
      looked += to - from;
      if (isLate) {
        const [first, end] = [tail.starts[late]!, tail.starts[late + 1]!];
        block.take(tail, first, end);
        looked += end - first;
        late++;
      }
      block.next();
      if (block.size >= TOGETHER) this.#put(block);
    }
    if (this.next < last) return false;
    for (const block of this.#blocks) this.#put(block);
    return true;
  }

  #put(block: Block): void {
    if (block.size > 0) this.#counts.add(block, 1);
    block.clear();
  }
}

/** Place of the first fan that is not before this one. */
function firstFrom(fans: Uint32Array, fan: number): number {
  let [low, high] = [0, fans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fans[middle]! < fan) low = middle + 1;
    else high = middle;
  }
  return low;
}
