import { createHash } from 'node:crypto';
import { formatInstant, type HistoryRow } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import { assembleDays } from '../domain/history/assemble.ts';
import type { HistoryDay } from '../domain/history/cell.ts';
import { dayEdges } from '../domain/history/days.ts';
import type { Histories } from '../domain/history/port.ts';
import type { HistoryQuery } from '../domain/history/query.ts';
import { releaseDay } from '../domain/history/release.ts';
import { Fault } from '../domain/fault.ts';
import type { BrandRecord } from '../parts.ts';
import { factsOf, keysOf } from './history-facts.ts';
import { edgesSeen } from './hours.ts';
import { inBrand } from './tenant.ts';

/** Days read at once: a week at first, then as many as take about a second. */
const FIRST_DAYS = 7;
const [QUICK_MS, SLOW_MS] = [500, 1_500];
/** At most, with and without the hours of each key. */
const [MOST_DAYS_OF_KEYS, MOST_DAYS] = [31, 100];
/** Reads of history at the same time; events need the database's other connections. */
const AT_ONCE = 2;
const MOST_WAITING = 50;
/** Raised when the same facts are told in other words. */
const FORM = 2;

/** Reads something as of one instant. */
type Snapshot = <T>(read: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * Histories from the database. Each run of days is a transaction of its own, so that a reader who is
 * slow holds nothing; one that is overtaken by a commit gets rows of before and of after, under
 * the tag of before, and so reads again the next time.
 * @param k people below which a number is hidden
 */
export function createHistories(sql: Sql, k: number): Histories {
  const gate = new Gate();
  const snapshotOf =
    (brand: BrandRecord): Snapshot =>
    (read) =>
      gate.pass(() => inBrand(sql, brand, read, 'snapshot'));
  return {
    async open(brand, query) {
      const snapshot = snapshotOf(brand);
      const { commits, heldFrom } = await snapshot((tx) => edgesSeen(tx, brand));
      const { slug } = brand.body;
      const stated = [FORM, brand.organisation, brand.id, slug, commits, heldFrom, k, query];
      return {
        etag: `W/"${createHash('sha256').update(JSON.stringify(stated)).digest('base64url')}"`,
        head: {
          brand: slug,
          audience: 'team',
          from: formatInstant(query.from),
          to: formatInstant(query.to),
          ...{ grain: query.grain, timeZone: query.zone, by: query.by, metrics: query.metrics, k },
        },
        rows: () => released(snapshot, brand, query, k),
      };
    },
  };
}

async function* released(
  snapshot: Snapshot,
  brand: BrandRecord,
  query: HistoryQuery,
  k: number,
): AsyncGenerator<readonly HistoryRow[]> {
  // Hours are released with the whole of their day, so that an answer does not hang on where it is cut.
  const edges = dayEdges(query.from, query.to, query.zone);
  const keys = await snapshot((tx) => keysOf(tx, brand, query.by, edges));
  const most = query.by !== null && query.grain === 'hour' ? MOST_DAYS_OF_KEYS : MOST_DAYS;
  let [at, days] = [0, FIRST_DAYS];
  while (at < edges.length - 1) {
    const run = edges.slice(at, at + days + 1);
    const began = performance.now();
    const read: HistoryDay[] = await snapshot(async (tx) =>
      assembleDays(await factsOf(tx, brand, query, keys, run)),
    );
    const took = performance.now() - began;
    at += run.length - 1;
    days = took < QUICK_MS ? Math.min(days * 4, most) : took > SLOW_MS ? Math.ceil(days / 2) : days;
    for (const day of read) yield releaseDay(day, query, k);
  }
}

/** Lets a few in at a time; the others wait, a bounded number of them. */
class Gate {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws Fault overloaded when too many wait */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new Fault('overloaded');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#inside++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#inside--;
    }
  }
}
