import { isIPv6 } from 'node:net';
import type { Clock } from '../../parts.ts';

/** Addresses remembered in one window; later ones share one allowance. */
const MOST_KEYS = 10_000;

/**
 * Whose allowance an address takes from: its own, or that of its network of 64 bits for IPv6, where
 * one household has as many addresses as it likes.
 */
export function callerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? 0 : tail.split(':').length;
  const whole =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - after).fill('0')];
  const network = [...whole, ...(tail ?? '').split(':')].slice(0, 4);
  return network.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** At most so many attempts per key and window of time; in memory, bounded, nothing outlives its window. */
export class Limiter {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #taken = new Map<string, number>();
  #window = -1;

  constructor(clock: Clock, most: number, windowMs = 60_000) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Take one attempt; false when there is none left in this window. */
  take(key: string): boolean {
    const window = Math.floor(this.#clock() / this.#windowMs);
    if (window !== this.#window) {
      this.#taken.clear();
      this.#window = window;
    }
    const own = this.#taken.has(key) || this.#taken.size < MOST_KEYS ? key : '';
    const taken = (this.#taken.get(own) ?? 0) + 1;
    this.#taken.set(own, taken);
    return taken <= this.#most;
  }
}
