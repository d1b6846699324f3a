import type { Recorded } from '../domain/engagement.ts';
import { DueReleases } from '../domain/bi/due.ts';
import { Fault, OutOfStep } from '../domain/fault.ts';
import { dayAt, daysBetween } from '../domain/local-day.ts';
import { keptSince } from '../domain/retention.ts';
import type { BrandRecord, BrandRef, Clock } from '../parts.ts';
import type { ReleaseState, Releases } from '../store/releases.ts';

const HOUR = 3_600_000;
const EPOCH = { year: 1970, month: 1, day: 1 };
/** Days released at once: few at first, then as many as take about a second. */
const [FIRST_DAYS, MOST_DAYS] = [2, 31];
const [QUICK_MS, SLOW_MS] = [400, 1_500];
/** How long one turn may take, and how long whoever opens a gateway is kept waiting, ms. */
const [TURN_MS, WAIT_MS] = [5_000, 20_000];
/** Raised when the same facts are released in another form. */
const FORM = 1;

/** One brand whose gateway is open. */
interface Book {
  readonly due: DueReleases;
  /** Days that are being published, the newest first. */
  queue: number[];
  consentsFrom: number | null;
  made: string;
  /** Commits as of before what is being published was taken. */
  commits: number;
  publishedAt: number | null;
  checkedOn: number;
  atOnce: number;
}

interface Parts {
  readonly releases: Releases;
  readonly brands: { readonly list: () => readonly BrandRecord[] };
  readonly clock: Clock;
  /** People below which a number is hidden. */
  readonly k: number;
}

/** Publishes the cells of every brand whose gateway is open, some days at a time, the newest first. */
export class BiPublisher {
  readonly #parts: Parts;
  readonly #books = new Map<string, Book>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Take up what was published by the process before. */
  begin(states: readonly (BrandRef & ReleaseState)[]): void {
    for (const state of states)
      this.#books.set(keyOf(state), {
        ...newBook(),
        made: state.made,
        commits: state.commits,
        publishedAt: state.publishedAt,
      });
  }

  /** Something of a brand was committed. @param fans who acted @param refused minutes of refusals */
  note(
    brand: BrandRef,
    recorded: readonly Recorded[],
    fans: Iterable<number>,
    refused: Iterable<number>,
  ): void {
    const due = this.#books.get(keyOf(brand))?.due;
    if (!due) return;
    for (const fan of fans) due.changed(fan);
    for (const { before, after } of recorded) {
      if (before) due.touch(Math.floor(before.occurredAt / HOUR));
      if (after) due.touch(Math.floor(after.occurredAt / HOUR));
    }
    for (const minute of refused) due.touch(Math.floor(minute / 60));
  }

  /** Consents were recorded. @param at instant (ms) of the earliest act */
  consented(brand: BrandRef, at: number): void {
    this.#books.get(keyOf(brand))?.due.consented(at);
  }

  /** Nobody knows whether a commit happened. */
  doubt(brand: BrandRef): void {
    this.#books.get(keyOf(brand))?.due.forget();
  }

  state(brand: BrandRef): { readonly publishedAt: number | null; readonly waiting: number } | null {
    const book = this.#books.get(keyOf(brand));
    return book ? { publishedAt: book.publishedAt, waiting: book.queue.length } : null;
  }

  async open(brand: BrandRef): Promise<void> {
    if (this.#books.has(keyOf(brand))) return;
    const { releases, clock } = this.#parts;
    await releases.open(brand, clock());
    if (!this.#books.has(keyOf(brand))) this.#books.set(keyOf(brand), newBook());
  }

  async ready(brand: BrandRecord): Promise<void> {
    await this.open(brand);
    const until = performance.now() + WAIT_MS;
    while (this.state(brand)?.publishedAt === null) {
      if (performance.now() > until)
        throw new Fault(
          'overloaded',
          'the numbers are being released for the first time: ask again in a minute',
        );
      await new Promise((done) => setTimeout(done, 200));
    }
  }

  /** One turn: some days of each brand that may be published. @param signal ends it between two steps */
  async turn(signal?: AbortSignal): Promise<void> {
    const faults: unknown[] = [];
    const brands = this.#parts.brands.list();
    const known = new Set(brands.map(keyOf));
    for (const key of this.#books.keys()) if (!known.has(key)) this.#books.delete(key);
    for (const brand of brands) {
      const book = this.#books.get(keyOf(brand));
      if (signal?.aborted) break;
      if (!book) continue;
      await this.#turnOf(brand, book, signal).catch((fault: unknown) => {
        book.due.forget();
        // A brand deleted meanwhile has nothing left to be told of.
        if (!(fault instanceof OutOfStep)) faults.push(fault);
      });
    }
    if (faults.length > 0) throw faults[0];
  }

  async #turnOf(brand: BrandRecord, book: Book, signal: AbortSignal | undefined): Promise<void> {
    const now = this.#parts.clock();
    if (book.queue.length === 0 && book.consentsFrom === null) {
      if (!book.due.mayPublish(now, this.#parts.k)) return;
      await this.#take(brand, book, now);
    }
    const began = performance.now();
    while (book.queue.length > 0 && performance.now() - began < TURN_MS && !signal?.aborted)
      await this.#publish(brand, book);
    if (book.queue.length > 0 || signal?.aborted) return;
    await this.#publishConsents(brand, book, now);
    book.due.took(performance.now() - began);
    book.publishedAt = this.#parts.clock();
    const clean = book.due.isClean ? book.commits : -1;
    await this.#parts.releases.note(brand, {
      commits: clean,
      made: book.made,
      publishedAt: book.publishedAt,
    });
  }

  /** Take what waits; everything at first, when settings changed, and once a day. */
  async #take(brand: BrandRecord, book: Book, now: number): Promise<void> {
    const zone = brand.body.timeZone;
    const { commits, first } = await this.#parts.releases.extent(brand);
    const made = JSON.stringify([FORM, zone, this.#parts.k]);
    const today = dayNumber(now, zone);
    const resumed = book.checkedOn === -1 && book.made === made && book.commits === commits;
    const { everything, hours, consentsFrom } = book.due.take(now);
    const whole = everything ? !resumed : book.made !== made || book.checkedOn < today;
    const oldest = Math.max(first === null ? now : first * HOUR, keptSince('hour_rollup', now));
    const from = Math.min(dayNumber(oldest, zone), today);
    const days = new Set([today, today - 1]);
    for (const hour of hours)
      days.add(dayNumber(hour * HOUR, zone)).add(dayNumber((hour + 1) * HOUR - 1, zone));
    if (whole) for (let day = from; day <= today; day++) days.add(day);
    // A day counts in the influence of the six after it.
    else for (const day of [...days]) for (let more = 1; more < 7; more++) days.add(day + more);
    book.queue = [...days].filter((day) => day >= from && day <= today).sort((a, b) => b - a);
    book.consentsFrom = whole ? oldest : Math.min(consentsFrom ?? now, now);
    book.commits = commits;
    book.made = made;
    if (book.checkedOn < today) await this.#parts.releases.prune(brand, keptSince('hour_rollup', now));
    book.checkedOn = today;
  }

  /** Publish the newest days of the queue that follow each other. */
  async #publish(brand: BrandRecord, book: Book): Promise<void> {
    const [last] = book.queue;
    let days = 1;
    while (days < book.atOnce && book.queue[days] === last! - days) days++;
    const began = performance.now();
    const { clock, k, releases } = this.#parts;
    await releases.publish(brand, {
      first: last! - days + 1,
      days,
      zone: brand.body.timeZone,
      k,
      now: clock(),
    });
    const took = performance.now() - began;
    book.queue.splice(0, days);
    // The newest days can be read while the older ones are still being released.
    book.publishedAt = clock();
    if (took < QUICK_MS) book.atOnce = Math.min(book.atOnce * 2, MOST_DAYS);
    else if (took > SLOW_MS) book.atOnce = Math.ceil(book.atOnce / 2);
  }

  async #publishConsents(brand: BrandRecord, book: Book, now: number): Promise<void> {
    if (book.consentsFrom === null) return;
    const { k, releases } = this.#parts;
    const zone = brand.body.timeZone;
    const first = dayNumber(Math.max(book.consentsFrom, keptSince('hour_rollup', now)), zone);
    const days = dayNumber(now, zone) - first + 1;
    if (days > 0) await releases.publishConsents(brand, { first, days, zone, k, now });
    book.consentsFrom = null;
  }
}

function newBook(): Book {
  return {
    due: new DueReleases(true),
    ...{ queue: [], consentsFrom: null, made: '', commits: -1, publishedAt: null, checkedOn: -1 },
    atOnce: FIRST_DAYS,
  };
}

function keyOf({ organisation, id }: BrandRef): string {
  return `${organisation} ${id}`;
}

/** Days of the calendar since 1970-01-01. */
function dayNumber(at: number, zone: string): number {
  return daysBetween(EPOCH, dayAt(at, zone));
}
