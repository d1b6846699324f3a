import {
  PURPOSES,
  type ConsentBody,
  type EventBody,
  type ItemFault,
  type Network,
  type PlatformFigure,
  type Purpose,
  type WindowName,
} from '@fanfare/contract';
import { readBoard } from '../domain/board.ts';
import { ConsentRegistry } from '../domain/consents/registry.ts';
import { minuteOf } from '../domain/engagement.ts';
import { Fault } from '../domain/fault.ts';
import { PlatformFigures } from '../domain/figures.ts';
import { createPseudonyms, type Pseudonyms } from '../domain/pseudonym.ts';
import type { RawBoard } from '../domain/raw.ts';
import { BrandWindows } from '../domain/windows/brand-windows.ts';
import { LONGEST, startsAt } from '../domain/windows/shape.ts';
import {
  OutOfStep,
  type BrandDoor,
  type BrandRecord,
  type Clock,
  type EventCounts,
  type Labeller,
  type Ledger,
  type Readable,
} from '../parts.ts';
import { checkActs, recordActs, withdrawal } from './acts.ts';
import { prepare, type Prepared, type Rooms } from './prepare.ts';

interface Parts {
  readonly ledger: Ledger;
  readonly labeller: Labeller;
  readonly clock: Clock;
  readonly rooms: Rooms;
  /** Called after each commit that changed the brand, and with `true` after its counts were rebuilt. */
  readonly onChange: (line: BrandLine, rebuilt: boolean) => void;
}

interface EventsEntry {
  readonly events: readonly EventBody[];
  readonly done: PromiseWithResolvers<EventCounts>;
}
interface ActEntry {
  readonly run: () => Promise<void>;
}

/** Events committed together, at most. */
const BATCH = 4_000;
/** Events that may wait; more are refused with 503, never queued. */
const MOST_WAITING = 40_000;
/** Enough events waiting to prepare them while the batch before is still being committed. */
const AHEAD = 1_000;

/**
 * All that happens to one brand, in order: events in batches (many requests share one commit),
 * acts of consent one at a time between them. It owns the brand's live counts, which change only
 * after a commit, so they always equal the ledger.
 */
export class BrandLine implements Readable, BrandDoor {
  windows: BrandWindows;
  consents = new ConsentRegistry();
  figures = new PlatformFigures();
  readonly pseudonyms: Pseudonyms;
  #record: BrandRecord;
  #commits: number;
  #suspect = false;
  #queue: (EventsEntry | ActEntry)[] = [];
  #waiting = 0;
  #running = false;
  #committing = 0;
  #closed = false;
  readonly #parts: Parts;

  constructor(record: BrandRecord, parts: Parts) {
    this.#record = record;
    this.#parts = parts;
    this.#commits = record.commits;
    this.pseudonyms = createPseudonyms(record.pseudonymKey);
    this.windows = new BrandWindows(parts.clock());
  }

  get record(): BrandRecord {
    return this.#record;
  }

  get slug(): string {
    return this.#record.body.slug;
  }

  get demonstration(): boolean {
    return this.#record.body.demonstration;
  }

  get committing(): boolean {
    return this.#committing > 0;
  }

  /** Settings of the brand were changed. */
  rename(record: BrandRecord): void {
    this.#record = record;
  }

  advance(now: number): boolean {
    return this.windows.advance(now);
  }

  read(window: WindowName, now: number, k: number): RawBoard {
    return readBoard(this.windows, window, now, this.consents.active(now), k, this.figures);
  }

  /** Fill the live counts from the ledger. */
  async load(): Promise<void> {
    const { ledger, clock } = this.#parts;
    const now = clock();
    const [windows, consents] = [new BrandWindows(now), new ConsentRegistry()];
    const commits = await ledger.commits(this.#record);
    const since = startsAt(minuteOf(now))[LONGEST]!;
    consents.reserve(await ledger.nextFan(this.#record));
    await ledger.fans(this.#record, (fan, pseudonym, state) => consents.put(fan, pseudonym, state, now));
    await ledger.engagements(this.#record, since * 60_000, (row) => windows.record(null, row));
    await ledger.refusals(this.#record, since, (minute, count) => windows.refuse(minute, count));
    const figures = new PlatformFigures();
    for (const figure of await ledger.figures(this.#record)) figures.put(figure);
    this.windows = windows;
    this.figures = figures;
    this.consents = consents;
    this.#commits = commits;
    this.#suspect = false;
  }

  /** Take events in; resolves after their commit. @throws Fault overloaded, or the fault of the database */
  events(events: readonly EventBody[]): Promise<EventCounts> {
    if (this.#closed || this.#waiting + events.length > MOST_WAITING + BATCH) {
      return Promise.reject(new Fault('overloaded'));
    }
    const done = Promise.withResolvers<EventCounts>();
    this.#waiting += events.length;
    this.#enqueue({ events, done });
    return done.promise;
  }

  consent(acts: readonly ConsentBody[]): Promise<readonly (ItemFault | null)[]> {
    return this.#exclusively(async () => {
      const now = this.#parts.clock();
      const faults = checkActs(acts, this.#record.body.sector, now, this.consents, this.pseudonyms);
      await this.#act(
        acts.filter((_, i) => faults[i] === null),
        false,
      );
      return faults;
    });
  }

  async withdraw(network: Network, fan: string, purposes: readonly Purpose[]): Promise<void> {
    await this.#exclusively(() =>
      this.#act([withdrawal(network, fan, purposes, this.#parts.clock())], false),
    );
  }

  async figure(figure: PlatformFigure): Promise<void> {
    await this.#exclusively(async () => {
      await this.#parts.ledger.figure(this.#record, figure, this.#parts.clock());
      this.figures.put(figure);
    });
  }

  async erase(network: Network, fan: string): Promise<void> {
    await this.#exclusively(() => this.#act([withdrawal(network, fan, PURPOSES, this.#parts.clock())], true));
  }

  async #act(acts: readonly ConsentBody[], erase: boolean): Promise<void> {
    this.#committing++;
    try {
      const { ledger, clock } = this.#parts;
      const context = { ledger, now: clock(), commits: this.#commits, brand: this.#record };
      const answer = await recordActs(acts, erase, context, this.consents, this.pseudonyms);
      if (answer.committed) this.#commits++;
      this.windows.advance(context.now);
      for (const { before, after } of answer.recorded) this.windows.record(before, after);
    } finally {
      this.#committing--;
    }
  }

  /** Refuse what comes from now on, and wait for what is under way. */
  async close(): Promise<void> {
    const last = this.#exclusively(() => Promise.resolve());
    this.#closed = true;
    await last;
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Fault('overloaded'));
    const done = Promise.withResolvers<T>();
    const run = () => this.#inStep(work).then(done.resolve, done.reject);
    this.#enqueue({ run });
    return done.promise;
  }

  #enqueue(entry: EventsEntry | ActEntry): void {
    this.#queue.push(entry);
    if (!this.#running) void this.#run();
  }

  /** The one loop of the brand. Prepares the next batch while the last one is being committed. */
  async #run(): Promise<void> {
    this.#running = true;
    let last: Promise<void> = Promise.resolve();
    while (this.#queue.length > 0) {
      const head = this.#queue[0]!;
      if ('run' in head || this.#waiting < AHEAD) await last;
      if ('run' in head) {
        this.#queue.shift();
        await head.run();
        this.#parts.onChange(this, false);
        continue;
      }
      const entries = this.#takeBatch();
      const prepared = await this.#prepare(entries);
      await last;
      last = this.#commit(entries, prepared);
    }
    await last;
    this.#running = false;
    if (this.#queue.length > 0) void this.#run();
  }

  #takeBatch(): EventsEntry[] {
    const taken: EventsEntry[] = [];
    let size = 0;
    for (let head = this.#queue[0]; head && !('run' in head); head = this.#queue[0]) {
      if (size > 0 && size + head.events.length > BATCH) break;
      size += head.events.length;
      taken.push(head);
      this.#queue.shift();
    }
    this.#waiting -= size;
    return taken;
  }

  async #prepare(entries: readonly EventsEntry[]): Promise<Prepared | Error> {
    try {
      const { rooms, labeller, clock } = this.#parts;
      return await prepare(
        entries.map((entry) => entry.events),
        { rooms, labeller, sector: this.#record.body.sector, now: clock() },
        this.consents,
        this.pseudonyms,
      );
    } catch (fault) {
      return fault instanceof Error ? fault : new Error('preparing failed', { cause: fault });
    }
  }

  async #commit(entries: readonly EventsEntry[], prepared: Prepared | Error): Promise<void> {
    this.#committing++;
    try {
      if (prepared instanceof Error) throw prepared;
      const { statements, refusals } = prepared;
      if (statements.length > 0 || refusals.length > 0) {
        const answer = await this.#inStep(() =>
          this.#parts.ledger.record(this.#record, { statements, refusals, commits: this.#commits }),
        );
        this.#commits++;
        this.windows.advance(this.#parts.clock());
        for (const { before, after } of answer.recorded) this.windows.record(before, after);
        for (const { minute, count } of refusals) this.windows.refuse(minute, count);
        prepared.settle(answer.outcomes);
      }
      entries.forEach((entry, i) => entry.done.resolve(prepared.counts[i]!));
    } catch (fault) {
      for (const entry of entries) entry.done.reject(fault);
    } finally {
      this.#committing--;
      this.#parts.onChange(this, false);
    }
  }

  /**
   * Run a transaction when the counts are known to equal the ledger. After a fault nobody knows
   * whether the commit happened: the next one asks, and rebuilds the counts if it did.
   */
  async #inStep<T>(work: () => Promise<T>): Promise<T> {
    if (this.#suspect) {
      if ((await this.#parts.ledger.commits(this.#record)) !== this.#commits) await this.#rebuild();
      this.#suspect = false;
    }
    try {
      return await work();
    } catch (fault) {
      if (fault instanceof OutOfStep) {
        await this.#rebuild();
        return await work();
      }
      this.#suspect = true;
      throw fault;
    }
  }

  async #rebuild(): Promise<void> {
    await this.load();
    this.#parts.onChange(this, true);
  }
}
