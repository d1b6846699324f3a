import type { Age } from '@fanfare/contract';
import type { ConsentState } from '../consent.ts';
import { WordConsents } from './words.ts';

const MINUTE = 60_000;
/** No such fan. */
export const UNKNOWN = -1;

/**
 * Who consents to a brand, in memory: pseudonym → fan number, and per fan the consents the gate
 * needs at every engagement (`measure`, `influence`). About 60 bytes a fan. Derived from the
 * consent ledger, which stays the truth.
 */
export class ConsentRegistry {
  #slots = new Uint32Array(64);
  #pseudonyms = new Uint32Array(0);
  /** [fan × 4]: measure from, measure until, influence from, influence until; 0 for none. */
  #grants = new Float64Array(0);
  /** 1 for a number in use. */
  #known = new Uint8Array(0);
  #size = 0;
  #next = 1;
  #active = 0;
  #minute = 0;
  readonly #expiring = new Map<number, number>();
  readonly #words = new WordConsents();
  /** Fans who said they are under 18. */
  readonly #young = new Set<number>();

  /** Fans known, consenting or not. */
  get size(): number {
    return this.#size;
  }

  /** A number for a new fan, never given before. */
  take(): number {
    return this.#next++;
  }

  /** No number below `next` is free. */
  reserve(next: number): void {
    this.#next = Math.max(this.#next, next);
  }

  /** The fan of a pseudonym (32 hexadecimal digits), or UNKNOWN. */
  find(pseudonym: string): number {
    const fan = this.#slots[this.#probe(words(pseudonym))]!;
    return fan === 0 ? UNKNOWN : fan;
  }

  /** Add a fan or change what they consent to. `now` in milliseconds. */
  put(fan: number, pseudonym: string, state: ConsentState, now: number): void {
    if (fan >= this.#known.length) this.#grow(fan);
    this.advance(now);
    if (this.#known[fan] === 0) this.#add(fan, words(pseudonym));
    this.#count(fan, -1);
    const { measure, influence } = state;
    this.#grants.set(
      [measure?.from ?? 0, measure?.until ?? 0, influence?.from ?? 0, influence?.until ?? 0],
      fan * 4,
    );
    this.#words.put(fan, state);
    this.#count(fan, 1);
  }

  /** Note what a fan last said of their age. */
  putAge(fan: number, age: Age | null): void {
    if (age === '15-17') this.#young.add(fan);
    else this.#young.delete(fan);
  }

  /** Did they say they are under 18? */
  isYoung(fan: number): boolean {
    return this.#young.has(fan);
  }

  /** Forget a fan altogether. */
  delete(fan: number): void {
    if (!this.#known[fan]) return;
    this.#count(fan, -1);
    this.#words.delete(fan);
    this.#young.delete(fan);
    const mask = this.#slots.length - 1;
    let hole = this.#probe(this.#pseudonyms.subarray(fan * 4, fan * 4 + 4));
    for (let next = (hole + 1) & mask; this.#slots[next] !== 0; next = (next + 1) & mask) {
      const home = this.#pseudonyms[this.#slots[next]! * 4]! & mask;
      if (((next - home) & mask) < ((next - hole) & mask)) continue;
      this.#slots[hole] = this.#slots[next]!;
      hole = next;
    }
    this.#slots[hole] = 0;
    this.#known[fan] = 0;
    this.#pseudonyms.fill(0, fan * 4, fan * 4 + 4);
    this.#grants.fill(0, fan * 4, fan * 4 + 4);
    this.#size--;
  }

  /** Was `measure` in force for the fan at `at`, in the consent that is in force at `now`? */
  measures(fan: number, at: number, now: number): boolean {
    return this.#inForce(fan * 4, at, now);
  }

  /** The same for `influence`. */
  influences(fan: number, at: number, now: number): boolean {
    return this.#inForce(fan * 4, at, now) && this.#inForce(fan * 4 + 2, at, now);
  }

  /** Fans who let their words be shown, to whomever: 0 when none of this has to be asked. */
  get quotable(): number {
    return this.#words.size;
  }

  /** The purposes (PURPOSE_BITS) under which words of `at` may be shown at `now`. */
  words(fan: number, at: number, now: number): number {
    return this.#words.size > 0 && this.measures(fan, at, now) ? this.#words.covers(fan, at, now) : 0;
  }

  /** Does the fan consent to `measure` at all at `now`? */
  consents(fan: number, now: number): boolean {
    return this.#inForce(fan * 4, now, now);
  }

  /** Fans whose consent to `measure` is active at `now` (ms). */
  active(now: number): number {
    this.advance(now);
    return this.#active;
  }

  /** Let consents expire up to `now`. */
  advance(now: number): void {
    const minute = Math.floor(now / MINUTE);
    if (minute <= this.#minute) return;
    for (const [expiry, fans] of this.#expiring) {
      if (expiry > minute) continue;
      this.#active -= fans;
      this.#expiring.delete(expiry);
    }
    this.#minute = minute;
  }

  #inForce(at: number, instant: number, now: number): boolean {
    const from = this.#grants[at] ?? 0;
    const until = this.#grants[at + 1] ?? 0;
    return until !== 0 && from <= instant && until > instant && until > now;
  }

  #count(fan: number, by: 1 | -1): void {
    const expiry = Math.ceil(this.#grants[fan * 4 + 1]! / MINUTE);
    if (expiry === 0 || expiry <= this.#minute) return;
    this.#active += by;
    this.#expiring.set(expiry, (this.#expiring.get(expiry) ?? 0) + by);
  }

  #add(fan: number, pseudonym: Uint32Array): void {
    this.#pseudonyms.set(pseudonym, fan * 4);
    this.#known[fan] = 1;
    this.#size++;
    this.#next = Math.max(this.#next, fan + 1);
    if (this.#size * 3 > this.#slots.length * 2) this.#rehash();
    this.#slots[this.#probe(pseudonym)] = fan;
  }

  /** Slot of a pseudonym, or the free one it would take. Pseudonyms are uniform: no hash needed. */
  #probe(pseudonym: Uint32Array): number {
    const mask = this.#slots.length - 1;
    const all = this.#pseudonyms;
    for (let at = pseudonym[0]! & mask; ; at = (at + 1) & mask) {
      const p = this.#slots[at]! * 4;
      if (p === 0) return at;
      if (all[p] !== pseudonym[0] || all[p + 1] !== pseudonym[1]) continue;
      if (all[p + 2] === pseudonym[2] && all[p + 3] === pseudonym[3]) return at;
    }
  }

  #rehash(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (const fan of old) {
      if (fan !== 0) this.#slots[this.#probe(this.#pseudonyms.subarray(fan * 4, fan * 4 + 4))] = fan;
    }
  }

  #grow(fan: number): void {
    const capacity = Math.max(64, Math.ceil((fan + 1) * 1.3));
    this.#pseudonyms = copied(new Uint32Array(capacity * 4), this.#pseudonyms);
    this.#grants = copied(new Float64Array(capacity * 4), this.#grants);
    this.#known = copied(new Uint8Array(capacity), this.#known);
  }
}

function copied<T extends Uint32Array | Float64Array | Uint8Array>(into: T, from: T): T {
  into.set(from);
  return into;
}

function words(hex: string): Uint32Array {
  const four = new Uint32Array(4);
  for (let i = 0; i < 4; i++) four[i] = Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16);
  return four;
}
