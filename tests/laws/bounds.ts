/** What is known of a count: from, to; null when it is hidden. */
export type Known = readonly [number, number] | null;

/** Whole numbers with a lowest and highest possible value, narrowed by sums and order. */
export class Bounds {
  readonly #names: string[] = [];
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  readonly #secret: boolean[] = [];
  readonly #byName = new Map<string, number>();
  readonly #sums: { readonly total: number; readonly parts: readonly number[] }[] = [];
  readonly #orders: (readonly [number, number])[] = [];

  /** A count. @param open it is no secret even when hidden @param least lowest value of a hidden one */
  name(name: string, known: Known, open = false, least = name.endsWith(' rest') ? 0 : 1): number {
    const id = this.#names.push(name) - 1;
    this.#low.push(Math.ceil(known?.[0] ?? least));
    this.#high.push(Math.floor(known?.[1] ?? Infinity));
    this.#secret.push(known === null && !open);
    this.#byName.set(name, id);
    return id;
  }

  /** The same count seen again: hidden here and shown there is shown. */
  meet(name: string, known: Known, least: number): number {
    const id = this.#byName.get(name);
    if (id === undefined) return this.name(name, known, false, least);
    if (known) {
      this.#low[id] = Math.max(this.#low[id]!, Math.ceil(known[0]));
      this.#high[id] = Math.min(this.#high[id]!, Math.floor(known[1]));
    }
    return id;
  }

  find(name: string): number | undefined {
    return this.#byName.get(name);
  }

  /** Number of the bucket in the name of a point. */
  bucketOf(id: number): number {
    return Number(this.#names[id]!.split(' ')[1]);
  }

  sum(total: number, parts: readonly number[]): void {
    this.#sums.push({ total, parts });
  }

  atMost(small: number, large: number): void {
    this.#orders.push([small, large]);
  }

  /** Hidden counts above 0 of which only one value is possible, after all has been put together. */
  pinned(): string[] {
    for (let round = 0, moved = true; moved && round < 50; round++) {
      moved = false;
      for (const { total, parts } of this.#sums) if (this.#narrow(total, parts)) moved = true;
      for (const [small, large] of this.#orders) {
        if (this.#set(small, -Infinity, this.#high[large]!)) moved = true;
        if (this.#set(large, this.#low[small]!, Infinity)) moved = true;
      }
    }
    return this.#names.flatMap((name, id) => {
      const [low, high] = [this.#low[id]!, this.#high[id]!];
      if (low > high) throw new Error(`${name} cannot be: ${low} to ${high}`);
      return this.#secret[id] && low === high && low > 0 ? [`${name} = ${low}`] : [];
    });
  }

  #narrow(total: number, parts: readonly number[]): boolean {
    let [low, high, endless] = [0, 0, 0];
    for (const part of parts) {
      low += this.#low[part]!;
      if (this.#high[part] === Infinity) endless++;
      else high += this.#high[part]!;
    }
    let moved = this.#set(total, low, endless > 0 ? Infinity : high);
    const [least, most] = [this.#low[total]!, this.#high[total]!];
    for (const part of parts) {
      const [own, top] = [this.#low[part]!, this.#high[part]!];
      const others =
        endless - (top === Infinity ? 1 : 0) > 0 ? Infinity : high - (top === Infinity ? 0 : top);
      if (this.#set(part, least - others, most - (low - own))) moved = true;
    }
    return moved;
  }

  /** Narrow one count. */
  #set(id: number, low: number, high: number): boolean {
    const [from, to] = [Math.max(this.#low[id]!, low), Math.min(this.#high[id]!, high)];
    if (from === this.#low[id] && to === this.#high[id]) return false;
    [this.#low[id], this.#high[id]] = [from, to];
    return true;
  }
}
