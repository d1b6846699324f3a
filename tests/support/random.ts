/** Numbers in [0, 1) that follow from a seed: xorshift32 (Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** The list in another order. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const placed = list.map((value) => ({ value, place: random() }));
  return placed.sort((a, b) => a.place - b.place).map(({ value }) => value);
}
