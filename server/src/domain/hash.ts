const PRIME = 0x01000193;

/** Start of an FNV-1a hash (32 bits); `salt` keeps families of features apart. */
export function seed(salt: number): number {
  return Math.imul(0x811c9dc5 ^ salt, PRIME);
}

/** One FNV-1a step. */
export function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** Spreads the bits of a hash (the finaliser of MurmurHash3) into an unsigned 32-bit integer. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Two hashes in order, as one. */
export function pair(first: number, second: number): number {
  return Math.imul(first ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(second, PRIME);
}
