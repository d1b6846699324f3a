/** Whole numbers of which some are known and some sums are: what each of the others can be. */
export class Pins {
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #sums: { readonly total: number; readonly parts: readonly number[] }[] = [];

  /** A number. @param known its value, `null` when it is hidden @param least what a hidden one is at least */
  number(known: number | null, least = 0): number {
    return this.between(known ?? least, known ?? Infinity);
  }

  /** A number of which something is known already. */
  between(low: number, high: number): number {
    this.#high.push(high);
    return this.#low.push(low) - 1;
  }

  /** What a number is at least and at most. */
  bounds(number: number): { readonly low: number; readonly high: number } {
    return { low: this.#low[number]!, high: this.#high[number]! };
  }

  /** `total` is the sum of `parts`. */
  sum(total: number, parts: readonly number[]): void {
    this.#sums.push({ total, parts });
  }

  /** Put all together, until nothing moves any more, but so many times at most. */
  settle(most = 100): void {
    for (let round = 0, moved = true; moved && round < most; round++) {
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
