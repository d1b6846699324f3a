import { formatInstant, type Recount, type RecountReport } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { BrandRecord, BrandRef, Clock, Recounts } from '../parts.ts';
import { recountBrand } from './recount.ts';

export interface RecountParts {
  readonly sql: Sql;
  readonly clock: Clock;
  /** A number in [0, 1), for the hour and for the brands. */
  readonly chance: () => number;
  /** Brands served now. */
  readonly brands: () => readonly BrandRecord[];
  readonly log: (level: 'info' | 'error', message: string, fields: Record<string, unknown>) => void;
}

/** Brands recounted in one night. */
const SAMPLE = 20;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The night, in hours after 0:00 UTC. */
const NIGHT = 5;
const TICK = 60_000;

/**
 * Recounts on demand and every night, one at a time. The night's recount takes a sample of the
 * brands at an hour drawn anew each day. What differs is logged as an error, and never repaired.
 */
export class NightlyRecounts implements Recounts {
  readonly #parts: RecountParts;
  #last: RecountReport | null = null;
  readonly #latest = new Map<number, { readonly asOf: string; readonly recount: Recount }>();
  #next: number;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(parts: RecountParts) {
    this.#parts = parts;
    this.#next = this.#nextNight();
  }

  get last(): RecountReport | null {
    return this.#last;
  }

  lastOf(brand: BrandRef): { readonly asOf: string; readonly recount: Recount } | null {
    return this.#latest.get(brand.id) ?? null;
  }

  /** When the next night's recount is due, milliseconds since 1970. */
  get next(): number {
    return this.#next;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), TICK);
    this.#timer.unref();
  }

  /** Ends after the brand that is being recounted. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await this.#queue;
  }

  run(brands: readonly BrandRecord[]): Promise<RecountReport> {
    const report = this.#queue.then(() => this.#recount(brands));
    this.#queue = report.catch(() => undefined);
    return report;
  }

  /** Recount a sample when its hour has come; a recount that failed is tried again in an hour. */
  async tick(): Promise<void> {
    const { clock, brands, chance, log } = this.#parts;
    if (this.#closing || clock() < this.#next) return;
    this.#next = this.#nextNight();
    try {
      this.#last = await this.run(sample(brands(), SAMPLE, chance));
    } catch (fault) {
      this.#next = clock() + HOUR;
      log('error', 'The recount could not be done', { reason: fault instanceof Error ? fault.message : '' });
    }
  }

  async #recount(brands: readonly BrandRecord[]): Promise<RecountReport> {
    const { sql, clock, log } = this.#parts;
    const recounts: Recount[] = [];
    for (const brand of brands) {
      if (this.#closing) break;
      const recount = await recountBrand(sql, brand, brand.body.slug);
      recounts.push(recount);
      this.#latest.set(brand.id, { asOf: formatInstant(clock()), recount });
      if (recount.differing > 0) log('error', 'Rollups differ from the ledger', { ...recount });
    }
    const differing = recounts.reduce((sum, recount) => sum + recount.differing, 0);
    if (differing === 0) log('info', 'Recounted: no difference', { brands: recounts.length });
    return { asOf: formatInstant(clock()), differing, brands: recounts };
  }

  #nextNight(): number {
    const { clock, chance } = this.#parts;
    return (Math.floor(clock() / DAY) + 1) * DAY + Math.floor(chance() * NIGHT * HOUR);
  }
}

/** `size` of them drawn without repeats, or all when there are no more. */
export function sample<T>(all: readonly T[], size: number, chance: () => number): T[] {
  const rest = [...all];
  const drawn: T[] = [];
  while (rest.length > 0 && drawn.length < size) {
    drawn.push(...rest.splice(Math.floor(chance() * rest.length), 1));
  }
  return drawn;
}
