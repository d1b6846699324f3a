import { EXPLORE_DAYS, type Exploration, type ExploreLoading } from '@fanfare/contract';
import type { Recorded } from '../domain/engagement.ts';
import { explorationOf, periodsOf } from '../domain/explore/exploration.ts';
import { periodOf } from '../domain/explore/period.ts';
import type { ExploreQuery } from '../domain/explore/query.ts';
import { batchesOf, type RowBatch } from '../domain/explore/row-batch.ts';
import { QUARTER } from '../domain/explore/shape.ts';
import { Fault } from '../domain/fault.ts';
import { keptSince } from '../domain/retention.ts';
import type { BrandRecord, BrandRef, Brands, Clock, Ledger } from '../parts.ts';
import { Thread } from '../thread.ts';
import { settled, type Held } from './held.ts';
import type { Order, Told } from './messages.ts';

/** Rows held of all brands together: 5 bytes each, 14 while they are loaded. */
const MOST_ROWS = 16_000_000;
/** Questions that wait for an answer at most. */
const MOST_WAITING = 32;
/** Rows that may be committed while a brand is loaded. */
const MOST_QUEUED = 1_000_000;
/** Until an unasked brand is let go, and any is read anew (the ledger lets old rows go); milliseconds. */
const [IDLE, AGE] = [15 * 60_000, 24 * 3_600_000];

/** Reads all rows of a brand since an instant (ms), as of one instant. */
export type ReadRows = (
  brand: BrandRef,
  since: number,
  /** Commits of the brand that are in what is read, and about how many rows that is. */
  begin: (commits: number, rows: number) => void,
  each: (batch: RowBatch) => void,
) => Promise<void>;

export interface ExplorerParts {
  readonly read: ReadRows;
  readonly clock: Clock;
  /** People below which a number is hidden. */
  readonly k: number;
}

/**
 * Explore: the ledger of the brands that are looked at, in columns in a thread of their own. Nothing
 * is held of a brand nobody explores. What is committed follows at once; where it is not known what
 * was, the brand is let go and read anew.
 */
export class Explorer {
  readonly #parts: ExplorerParts;
  readonly #held = new Map<number, Held>();
  readonly #thread = new Thread<Order, Told>(new URL('./worker.ts', import.meta.url), MOST_WAITING, () =>
    this.#held.clear(),
  );
  #reading: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: ExplorerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.#dropIdle(), 60_000).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#held.clear();
    await this.#thread.end();
    await this.#reading;
  }

  /** The same ledger, followed by what is held. */
  follow(ledger: Ledger): Ledger {
    const told = async <A extends { readonly recorded: readonly Recorded[] } | null>(
      brand: BrandRef,
      { commits }: { readonly commits: number },
      answer: Promise<A>,
    ): Promise<A> => {
      try {
        const done = await answer;
        if (done) this.#apply(brand.id, commits + 1, done.recorded);
        return done;
      } catch (fault) {
        // Whether it was committed is not known.
        this.#drop(brand.id);
        throw fault;
      }
    };
    return {
      ...ledger,
      record: (brand, batch) => told(brand, batch, ledger.record(brand, batch)),
      recordNew: (brand, batch) => told(brand, batch, ledger.recordNew(brand, batch)),
      consent: (brand, batch) => told(brand, batch, ledger.consent(brand, batch)),
    };
  }

  /** The same brands; one that is deleted is let go. */
  followBrands(brands: Brands): Brands {
    return {
      list: () => brands.list(),
      create: (brand, organisation) => brands.create(brand, organisation),
      change: (ref, change) => brands.change(ref, change),
      remove: async (ref) => {
        this.#drop(ref.id);
        await brands.remove(ref);
        this.#drop(ref.id);
      },
    };
  }

  /** @throws Fault too_large, overloaded, unavailable */
  async answer(
    record: BrandRecord,
    query: ExploreQuery,
    again = true,
  ): Promise<Exploration | ExploreLoading> {
    const now = this.#parts.clock();
    const held = this.#open(record, now);
    held.asked = now;
    if (held.queue && !(await settled(held.loading))) return { loading: { rows: held.rows, of: held.of } };
    const { own, before } = periodsOf(query, now);
    const told = await this.#thread.ask((id) => ({
      ...{ do: 'ask', id, brand: record.id, filters: query.filters, k: this.#parts.k },
      periods: before ? [own, before] : [own],
      near: EXPLORE_DAYS.map((days) => periodOf(query.last, days, query.zone)),
    }));
    if (!told) {
      // Something did not fit: it is read anew.
      if (this.#held.get(record.id) === held) this.#held.delete(record.id);
      if (again) return this.answer(record, query, false);
      throw new Fault('unavailable');
    }
    const { slug } = record.body;
    return explorationOf({ slug, k: this.#parts.k }, query, now, { own: told[0]!, before: told[1] ?? null });
  }

  #open(record: BrandRecord, now: number): Held {
    const known = this.#held.get(record.id);
    if (known && now - known.loadedAt < AGE) return known;
    const held: Held = {
      ...{ queue: [], commits: 0, queued: 0, rows: 0, of: null, asked: now, loadedAt: now },
      loading: Promise.resolve(),
    };
    this.#held.set(record.id, held);
    // One brand is read at a time.
    held.loading = this.#reading.then(() => this.#load(record, held));
    this.#reading = held.loading.catch(() => undefined);
    return held;
  }

  async #load(brand: BrandRef, held: Held): Promise<void> {
    const { id } = brand;
    const isHeld = () => this.#held.get(id) === held;
    if (!isHeld()) return;
    const since = keptSince('engagement', held.loadedAt);
    try {
      this.#thread.send({ do: 'open', brand: id, first: Math.floor(since / QUARTER) });
      await this.#parts.read(
        brand,
        since,
        (commits, rows) => {
          held.commits = commits;
          held.of = rows;
        },
        (batch) => {
          if (!isHeld()) throw new Fault('unavailable');
          held.rows += batch.size;
          this.#makeRoom(id);
          this.#thread.send({ do: 'load', brand: id, batch });
        },
      );
      if (!isHeld()) return;
      this.#thread.send({ do: 'settle', brand: id });
      const late = held.queue ?? [];
      held.queue = null;
      for (const { commits, batches } of late)
        if (commits > held.commits) this.#thread.send({ do: 'apply', brand: id, batches });
    } catch (fault) {
      if (isHeld()) this.#giveUp(id, held, fault);
      throw fault;
    }
  }

  #apply(brand: number, commits: number, recorded: readonly Recorded[]): void {
    const held = this.#held.get(brand);
    if (!held || recorded.length === 0) return;
    if (held.queued === Infinity) return;
    const batches = batchesOf(recorded);
    if (!held.queue) {
      held.rows += recorded.length;
      this.#thread.send({ do: 'apply', brand, batches });
      return;
    }
    held.queue.push({ commits, batches });
    held.queued += recorded.length;
    if (held.queued > MOST_QUEUED) this.#drop(brand);
  }

  /** A brand that is too large stays so for a while: it is not read again and again to find that out. */
  #giveUp(id: number, held: Held, fault: unknown): void {
    if (!(fault instanceof Fault) || fault.code !== 'too_large') return this.#drop(id);
    this.#thread.send({ do: 'drop', brand: id });
    held.rows = 0;
    held.queued = Infinity;
    held.queue = [];
  }

  #drop(brand: number): void {
    if (this.#held.delete(brand)) this.#thread.send({ do: 'drop', brand });
  }

  #dropIdle(): void {
    const now = this.#parts.clock();
    for (const [brand, { asked, queue, queued }] of this.#held)
      if ((!queue || queued === Infinity) && now - asked > IDLE) this.#drop(brand);
    if (this.#held.size === 0) void this.#thread.end();
  }

  /** @throws Fault too_large when one brand alone is more than may be held */
  #makeRoom(brand: number): void {
    const others = [...this.#held].filter(([id]) => id !== brand).sort(([, a], [, b]) => a.asked - b.asked);
    let rows = [...this.#held.values()].reduce((sum, one) => sum + one.rows, 0);
    for (const [id, other] of others) {
      if (rows <= MOST_ROWS) return;
      rows -= other.rows;
      this.#drop(id);
    }
    if (rows > MOST_ROWS) throw new Fault('too_large', 'so many engagements are not explored at once');
  }
}
