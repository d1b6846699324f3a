/** Rows have the place of their campaign and language together, in two bytes. */
export const MOST_PAIRS = 65_536;

/** The campaigns and languages of a brand, by place. */
export class Pairs {
  readonly #places = new Map<string, number>();
  readonly list: (readonly [campaign: string, language: string])[] = [];

  /** Place of a pair; −1 when there are too many. */
  place(pair: readonly [campaign: string, language: string]): number {
    const name = `${pair[1]} ${pair[0]}`;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    if (this.list.length >= MOST_PAIRS) return -1;
    this.#places.set(name, this.list.length);
    return this.list.push(pair) - 1;
  }
}
