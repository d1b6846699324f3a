/** Draws of one decision: each call gives the next number from 0 up to, not including, 1. */
export type Chance = () => number;

const GOLDEN = 0x9e3779b9;

/** Scramble 32 bits: every bit of the input changes about half of the output. */
function scramble(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Chance that depends on its keys (whole numbers) alone: the same keys, the same draws. */
export function chanceOf(...keys: readonly number[]): Chance {
  let state = GOLDEN;
  for (const key of keys) {
    state = scramble(state ^ (key >>> 0));
    state = scramble(state + GOLDEN + Math.floor(key / 2 ** 32));
  }
  return () => {
    state = (state + GOLDEN) >>> 0;
    return scramble(state) / 2 ** 32;
  };
}

/** One of these, all equally likely. @throws RangeError for an empty list */
export function pick<T>(chance: Chance, from: readonly T[]): T {
  const found = from[Math.floor(chance() * from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

/** Running sums of weights, for `pickIndex`. */
export function sumsOf(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => (sums[i] = sum += weight));
  return sums;
}

/** Index drawn in proportion to its weight among the first `count` of the running sums. */
export function pickIndex(chance: Chance, sums: Float64Array, count = sums.length): number {
  const wanted = chance() * (sums[count - 1] ?? 0);
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A draw from the standard normal distribution (sum of twelve uniforms: within ±6, close enough). */
export function normal(chance: Chance): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += chance();
  return sum;
}

/** A count with this mean and about its variance (Poisson; normal above 30). */
export function countOf(chance: Chance, mean: number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(chance)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = chance(); product > limit; product *= chance()) count++;
  return count;
}
