import type { BrandRef } from '../brand.ts';
import type { CountedPolicy } from './sector.ts';

const HOUR = 3_600_000;
/** Texts of a brand's hour that a policy which is not on looks at in any case; of those after, one in so many. */
const WHOLE = 200;
const ONE_IN = 50;

/** What a policy made of the texts of an hour. */
export interface HourCount {
  readonly brand: BrandRef;
  /** UTC hours since 1970. */
  readonly hour: number;
  readonly policy: CountedPolicy;
  readonly looked: number;
  readonly withheld: number;
}

type Held = { -readonly [K in keyof HourCount]: HourCount[K] };

/** Gathers what the policies decide, in memory, until it is taken to be written down. */
export class PolicyCounts {
  #counts = new Map<string, Held>();
  /** Texts of the hour at hand by brand: how many were offered to a policy that is not on. */
  readonly #offered = new Map<number, { hour: number; texts: number }>();

  /** @param now milliseconds */
  note(brand: BrandRef, policy: CountedPolicy, withheld: boolean, now: number): void {
    const hour = Math.floor(now / HOUR);
    const key = `${brand.id} ${hour} ${policy}`;
    let held = this.#counts.get(key);
    if (!held) this.#counts.set(key, (held = { brand, hour, policy, looked: 0, withheld: 0 }));
    held.looked++;
    if (withheld) held.withheld++;
  }

  /** Is one more text to be looked at for a policy that is not on? */
  samples({ id }: BrandRef, now: number): boolean {
    const hour = Math.floor(now / HOUR);
    const seen = this.#offered.get(id);
    const texts = seen?.hour === hour ? seen.texts + 1 : 1;
    this.#offered.set(id, { hour, texts });
    return texts <= WHOLE || texts % ONE_IN === 0;
  }

  /** What was gathered since the last call. */
  take(): readonly HourCount[] {
    const taken = [...this.#counts.values()];
    this.#counts = new Map();
    return taken;
  }
}
