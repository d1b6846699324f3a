/** Whole numbers of which some are known and some sums are: what each of the others can be. */
export class Pins {
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #sums: { readonly total: number; readonly parts: readonly number[] }[] = [];

  /** A number. @param known its value, `null` when it is hidden @param least what a hidden one is at least */
  number(known: number | null, least = 0): number {
    this.#high.push(known ?? Infinity);
    return this.#low.push(known ?? least) - 1;
  }

  /** `total` is the sum of `parts`. */
  sum(total: number, parts: readonly number[]): void {
    this.#sums.push({ total, parts });
  }

  /** Put all together, until nothing moves any more. */
  settle(): void {
    for (let round = 0, moved = true; moved && round < 100; round++) {
      moved = this.#sums.reduce((any, { total, parts }) => this.#narrow(total, parts) || any, false);
    }
  }

  /** Can a number have one value only? */
  isPinned(number: number): boolean {
    return this.#low[number] === this.#high[number];
  }

  #narrow(total: number, parts: readonly number[]): boolean {
    const low = parts.reduce((sum, part) => sum + this.#low[part]!, 0);
    const open = parts.filter((part) => this.#high[part] === Infinity);
    const high = parts.reduce(
      (sum, part) => sum + (this.#high[part] === Infinity ? 0 : this.#high[part]!),
      0,
    );
    let moved = this.#set(total, low, open.length > 0 ? Infinity : high);
    const [least, most] = [this.#low[total]!, this.#high[total]!];
    for (const part of parts) {
      const [own, top] = [this.#low[part]!, this.#high[part]!];
      const othersOpen = open.length - (top === Infinity ? 1 : 0) > 0;
      const others = othersOpen ? Infinity : high - (top === Infinity ? 0 : top);
      if (this.#set(part, least - others, most - (low - own))) moved = true;
    }
    return moved;
  }

  #set(number: number, low: number, high: number): boolean {
    const [from, to] = [Math.max(this.#low[number]!, low), Math.min(this.#high[number]!, high)];
    if (from === this.#low[number] && to === this.#high[number]) return false;
    [this.#low[number], this.#high[number]] = [from, to];
    return true;
  }
}
