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
import { OutOfStep } from '../domain/fault.ts';
import { createPseudonyms, type Pseudonyms } from '../domain/pseudonym.ts';
import type { RawBoard } from '../domain/raw.ts';
import type {
  BrandDoor,
  BrandRecord,
  Clock,
  EventCounts,
  FanActs,
  Labeller,
  Ledger,
  Readable,
} from '../parts.ts';
import { byFan, checkActs, recordFans, withdrawal } from './acts.ts';
import { applyRecorded, emptyCounts, loadCounts, type LiveCounts } from './counts.ts';
import { Lane, type Request } from './lane.ts';
import { prepare, type Prepared, type Rooms } from './prepare.ts';

export interface LineParts {
  readonly ledger: Ledger;
  readonly labeller: Labeller;
  readonly clock: Clock;
  readonly rooms: Rooms;
  /** Called after each commit that may have changed the brand; `rebuilt` when continuity was lost. */
  readonly onChange: (line: BrandLine, rebuilt: boolean) => void;
}

/**
 * All that happens to one brand, in order. It owns the brand's live counts, which change only
 * after a commit, so they always equal the ledger.
 */
export class BrandLine implements Readable, BrandDoor {
  readonly #parts: LineParts;
  readonly #names: Pseudonyms;
  readonly #lane: Lane<Prepared | Error>;
  #record: BrandRecord;
  #counts: LiveCounts;
  #commits: number;
  /** A transaction failed, and nobody knows whether it was committed. */
  #suspect = false;
  #committing = 0;
  #takenBack = 0;

  constructor(record: BrandRecord, parts: LineParts) {
    this.#record = record;
    this.#parts = parts;
    this.#commits = record.commits;
    this.#names = createPseudonyms(record.pseudonymKey);
    this.#counts = emptyCounts(parts.clock(), record.commits);
    this.#lane = new Lane({
      prepare: (requests) => this.#prepare(requests),
      commit: (requests, prepared) => this.#commit(requests, prepared),
    });
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

  get takenBack(): number {
    return this.#takenBack;
  }

  /** Live counts, for reading. */
  get counts(): LiveCounts {
    return this.#counts;
  }

  /** Settings of the brand were changed. */
  rename(record: BrandRecord): void {
    this.#record = record;
  }

  advance(now: number): boolean {
    return this.#counts.windows.advance(now);
  }

  read(window: WindowName, now: number, k: number): RawBoard {
    const { windows, consents, figures } = this.#counts;
    return readBoard(windows, window, now, consents.active(now), k, figures);
  }

  /** Fill the live counts from the ledger. */
  async load(): Promise<void> {
    const { ledger, clock } = this.#parts;
    this.#counts = await loadCounts(ledger, this.#record, clock());
    this.#commits = this.#counts.commits;
    this.#suspect = false;
  }

  events(events: readonly EventBody[]): Promise<EventCounts> {
    return this.#lane.events(events);
  }

  consent(acts: readonly ConsentBody[]): Promise<readonly (ItemFault | null)[]> {
    return this.#turn(async () => {
      const { sector } = this.#record.body;
      const faults = checkActs(acts, sector, this.#parts.clock(), this.#counts.consents, this.#names);
      await this.#act(
        acts.filter((_, i) => faults[i] === null),
        false,
      );
      return faults;
    });
  }

  withdraw(network: Network, fan: string, purposes: readonly Purpose[]): Promise<void> {
    return this.#turn(() => this.#act([withdrawal(network, fan, purposes, this.#parts.clock())], false));
  }

  erase(network: Network, fan: string): Promise<void> {
    return this.#turn(() => this.#act([withdrawal(network, fan, PURPOSES, this.#parts.clock())], true));
  }

  /** Erase again who was erased before a backup was taken back in; gives how many there were. */
  eraseReturned(): Promise<number> {
    return this.#turn(async () => {
      const { ledger, clock } = this.#parts;
      const returned = await ledger.returned(this.#record);
      const act = withdrawal('other', '-', PURPOSES, clock());
      await this.#recordFans(
        returned.map((fan) => ({ ...fan, fresh: false, acts: [act] })),
        true,
      );
      return returned.length;
    });
  }

  figure(figure: PlatformFigure): Promise<void> {
    return this.#turn(async () => {
      await this.#parts.ledger.figure(this.#record, figure, this.#parts.clock());
      this.#counts.figures.put(figure);
    });
  }

  /** Take nothing more, and wait for what is under way. */
  close(): Promise<void> {
    return this.#lane.close();
  }

  /** A turn of its own, in step with the ledger; watchers hear of it before its caller does. */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#lane.exclusively(async () => {
      this.#committing++;
      try {
        return await this.#inStep(work);
      } finally {
        this.#committing--;
        this.#parts.onChange(this, false);
      }
    });
  }

  #act(acts: readonly ConsentBody[], erase: boolean): Promise<void> {
    return this.#recordFans(byFan(acts, this.#counts.consents, this.#names), erase);
  }

  async #recordFans(fans: readonly FanActs[], erase: boolean): Promise<void> {
    const { ledger, clock } = this.#parts;
    const { windows, consents } = this.#counts;
    const context = { ledger, now: clock(), commits: this.#commits, brand: this.#record };
    const answer = await recordFans(fans, erase, context, consents);
    if (answer.committed) this.#commits++;
    if (answer.recorded.length > 0) this.#takenBack++;
    applyRecorded(windows, answer.recorded, context.now);
  }

  async #prepare(requests: readonly Request[]): Promise<Prepared | Error> {
    try {
      const { rooms, labeller, clock } = this.#parts;
      const context = { rooms, labeller, sector: this.#record.body.sector, now: clock() };
      const bodies = requests.map((request) => request.events);
      return await prepare(bodies, context, this.#counts.consents, this.#names);
    } catch (fault) {
      return fault instanceof Error ? fault : new Error('preparing failed', { cause: fault });
    }
  }

  async #commit(requests: readonly Request[], prepared: Prepared | Error): Promise<void> {
    this.#committing++;
    try {
      if (prepared instanceof Error) throw prepared;
      await this.#write(prepared);
      requests.forEach((request, i) => request.done.resolve(prepared.counts[i]!));
    } catch (fault) {
      for (const request of requests) request.done.reject(fault);
    } finally {
      this.#committing--;
      this.#parts.onChange(this, false);
    }
  }

  async #write(prepared: Prepared): Promise<void> {
    const { statements, refusals } = prepared;
    if (statements.length === 0 && refusals.length === 0) return;
    const { ledger, clock } = this.#parts;
    const answer = await this.#inStep(() =>
      ledger.record(this.#record, { statements, refusals, commits: this.#commits }),
    );
    this.#commits++;
    applyRecorded(this.#counts.windows, answer.recorded, clock());
    for (const { minute, count } of refusals) this.#counts.windows.refuse(minute, count);
    prepared.settle(answer.outcomes);
  }

  /**
   * Run a transaction when the counts are known to equal the ledger. After a fault nobody knows
   * whether it was committed: the next one asks, and rebuilds the counts if it was.
   */
  async #inStep<T>(work: () => Promise<T>, again = true): Promise<T> {
    if (this.#suspect) {
      if ((await this.#parts.ledger.commits(this.#record)) !== this.#commits) await this.#rebuild();
      this.#suspect = false;
    }
    try {
      return await work();
    } catch (fault) {
      this.#suspect = true;
      if (again && fault instanceof OutOfStep) return this.#inStep(work, false);
      throw fault;
    }
  }

  async #rebuild(): Promise<void> {
    await this.load();
    this.#takenBack++;
    this.#parts.onChange(this, true);
  }
}
