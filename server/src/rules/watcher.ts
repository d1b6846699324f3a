import { KINDS } from '@fanfare/contract';
import type { Recorded } from '../domain/engagement.ts';
import { dayAt, daysBetween } from '../domain/local-day.ts';
import { hitOf } from '../domain/rules/hit.ts';
import type { Look, NewHit, RuleHits, Rules } from '../domain/rules/port.ts';
import { spanOf, type FanFacts, type RuleRecord } from '../domain/rules/rule.ts';
import { POLICIES } from '../domain/sector/policy.ts';
import type { BrandRecord, BrandRef, Clock, Ledger } from '../parts.ts';

/** Fans looked at in one statement. */
const AT_ONCE = 500;
/** Fans of one brand who wait to be looked at; with more, everybody is. */
const MOST_WAITING = 50_000;

/** What watching needs. */
export interface WatcherParts {
  readonly rules: Pick<Rules, 'active'>;
  readonly hits: Pick<RuleHits, 'look' | 'keep'>;
  readonly clock: Clock;
  readonly brands: () => readonly BrandRecord[];
  /** A fresh random name. */
  readonly id: () => string;
}

/**
 * Finds who met a rule. It follows the commits of this process, which is the only one that writes, and
 * looks at the fans who did something of a rule's kinds; once after a start and after each change of a
 * rule, and whenever it cannot know what was committed, at everybody who agreed to offers.
 */
export class RuleWatcher {
  readonly #parts: WatcherParts;
  /** By brand, the kinds that its rules count, one bit each. */
  #kinds = new Map<string, number>();
  readonly #waiting = new Map<string, Set<number>>();
  /** Rules everybody was looked at for, with the revision. */
  readonly #swept = new Map<string, number>();
  #ended = false;

  constructor(parts: WatcherParts) {
    this.#parts = parts;
  }

  /** The same ledger, watched. */
  follow(ledger: Ledger): Ledger {
    const told = async <A extends { readonly recorded: readonly Recorded[] } | null>(
      brand: BrandRef,
      answer: Promise<A>,
    ): Promise<A> => {
      try {
        const done = await answer;
        if (done) this.#note(brand, done.recorded);
        return done;
      } catch (fault) {
        // Whether it was committed is not known.
        this.#sweepAgain(keyOf(brand));
        throw fault;
      }
    };
    return {
      ...ledger,
      record: (brand, batch) => told(brand, ledger.record(brand, batch)),
      recordNew: (brand, batch) => told(brand, ledger.recordNew(brand, batch)),
      consent: (brand, batch) => told(brand, ledger.consent(brand, batch)),
    };
  }

  /** Look at everybody who is to be looked at. */
  async turn(): Promise<void> {
    const active = await this.#parts.rules.active();
    this.#kinds = kindsOf(active);
    const brands = new Map(this.#parts.brands().map((brand): [string, BrandRecord] => [keyOf(brand), brand]));
    for (const [key] of this.#swept) if (!active.some((one) => nameOf(one) === key)) this.#swept.delete(key);
    for (const record of active) {
      const brand = brands.get(keyOf(record.brand));
      if (!brand || !POLICIES[brand.body.sector].outgoingRules) continue;
      if (this.#swept.get(nameOf(record)) === record.rev) continue;
      // Noted before: what cannot be known meanwhile asks for another sweep.
      this.#swept.set(nameOf(record), record.rev);
      let done = false;
      try {
        done = await this.#sweep(record, brand);
      } finally {
        if (!done) this.#swept.delete(nameOf(record));
      }
    }
    for (const key of [...this.#waiting.keys()]) {
      const brand = brands.get(key);
      const theirs = active.filter((record) => keyOf(record.brand) === key);
      await this.#lookAtWaiting(key, brand, theirs);
    }
  }

  /** Begin nothing more. */
  end(): void {
    this.#ended = true;
  }

  #note(brand: BrandRef, recorded: readonly Recorded[]): void {
    const key = keyOf(brand);
    const kinds = this.#kinds.get(key);
    if (kinds === undefined) return;
    const waiting = this.#waiting.get(key) ?? new Set();
    for (const { after } of recorded) {
      if (after && (kinds & (1 << after.kind)) !== 0) waiting.add(after.fan);
    }
    if (waiting.size > MOST_WAITING) this.#sweepAgain(key);
    else if (waiting.size > 0) this.#waiting.set(key, waiting);
  }

  #sweepAgain(brand: string): void {
    this.#waiting.delete(brand);
    for (const name of [...this.#swept.keys()]) if (name.startsWith(`${brand}/`)) this.#swept.delete(name);
  }

  async #lookAtWaiting(
    key: string,
    brand: BrandRecord | undefined,
    rules: readonly RuleRecord[],
  ): Promise<void> {
    const fans = [...(this.#waiting.get(key) ?? [])];
    this.#waiting.delete(key);
    if (!brand || !POLICIES[brand.body.sector].outgoingRules) return;
    try {
      for (let i = 0; i < fans.length && !this.#ended; i += AT_ONCE) {
        for (const record of rules) await this.#look(record, brand, fans.slice(i, i + AT_ONCE));
      }
    } catch (fault) {
      this.#sweepAgain(key);
      throw fault;
    }
  }

  /** False when it was broken off. */
  async #sweep(record: RuleRecord, brand: BrandRecord): Promise<boolean> {
    for (let after = 0; !this.#ended;) {
      const facts = await this.#look(record, brand, { after, most: AT_ONCE });
      if (facts.length < AT_ONCE) return true;
      after = facts.at(-1)!.fan;
    }
    return false;
  }

  async #look(record: RuleRecord, brand: BrandRecord, fans: Look['fans']): Promise<readonly FanFacts[]> {
    const { hits, clock, id } = this.#parts;
    const now = clock();
    const { rule } = record;
    const from = Math.max(record.since ?? now, now - spanOf(rule.window));
    const facts = await hits.look(record.brand, record.id, rule, { fans, from, acts: rule.count, now });
    const met = facts.flatMap((one): NewHit[] => {
      const at = hitOf(record, one, now);
      return at === null || one.basis === null
        ? []
        : [{ id: id(), fan: one.fan, turn: one.turn + 1, basis: one.basis, at }];
    });
    if (met.length > 0) await hits.keep(record, met, dayNumber(now, brand.body.timeZone), now);
    return facts;
  }
}

/** Days since 1970 on the calendar of a zone. */
function dayNumber(now: number, zone: string): number {
  return daysBetween({ year: 1970, month: 1, day: 1 }, dayAt(now, zone));
}

function kindsOf(rules: readonly RuleRecord[]): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const { brand, rule } of rules) {
    const bits = rule.kinds.reduce((sum, kind) => sum | (1 << KINDS.indexOf(kind)), 0);
    kinds.set(keyOf(brand), (kinds.get(keyOf(brand)) ?? 0) | bits);
  }
  return kinds;
}

function keyOf({ organisation, id }: BrandRef): string {
  return `${organisation}/${id}`;
}

function nameOf({ brand, id }: RuleRecord): string {
  return `${keyOf(brand)}/${id}`;
}
