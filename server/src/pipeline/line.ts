import { PURPOSES, type ConsentBody, type Network, type Purpose, type WindowName } from '@fanfare/contract';
import type { Rest } from '../domain/consents/rest.ts';
import type { Recorded } from '../domain/engagement.ts';
import type { Seal } from '../domain/excerpts/excerpt.ts';
import type { ShownExcerpts } from '../domain/excerpts/live.ts';
import { createPseudonyms, type Pseudonyms } from '../domain/pseudonym.ts';
import { NOTHING_HELD } from '../domain/held.ts';
import type { RawBoard } from '../domain/raw.ts';
import { ChangedFans } from '../domain/release/republish.ts';
import type { BrandDoor, BrandRecord, EventCounts, FanActs, Held, Readable } from '../parts.ts';
import { byFan, checkActs, leaversBack, recordFans, restOf, withdrawal } from './acts.ts';
import { emptyCounts, loadCounts, refill, reloadConsents, reviewed, type LiveCounts } from './counts.ts';
import { EventCommits } from './event-commits.ts';
import { Lane, type Request } from './lane.ts';
import type { LineParts } from './line-parts.ts';
import { prepare, type Prepared } from './prepare.ts';
import { LedgerStep } from './step.ts';
import { Stillness } from './stillness.ts';

/**
 * All that happens to one brand, in order. It owns the brand's live counts, which change only
 * after a commit, so they always equal the ledger.
 */
export class BrandLine implements Readable, BrandDoor {
  readonly changes = new ChangedFans();
  readonly #parts: LineParts;
  readonly #names: Pseudonyms;
  readonly #step: LedgerStep;
  readonly #commits: EventCommits;
  readonly #lane: Lane<Prepared | Error>;
  #record: BrandRecord;
  #counts: LiveCounts;
  readonly #still: Stillness;
  #committing = 0;
  #takenBack = 0;

  constructor(record: BrandRecord, parts: LineParts) {
    this.#record = record;
    this.#parts = parts;
    this.#still = new Stillness(parts.thresholds);
    this.#step = new LedgerStep(parts.ledger, record, record.commits, () => this.#rebuild());
    this.#names = createPseudonyms(record.pseudonymKey);
    this.#counts = emptyCounts(parts.clock(), record.commits);
    this.#commits = new EventCommits({
      parts,
      step: this.#step,
      record: () => this.#record,
      counts: () => this.#counts,
      prepare: (requests) => this.#prepare(requests),
      changed: ({ recorded }) => {
        for (const { before, after } of recorded) this.changes.add((after ?? before)!.fan);
      },
    });
    this.#lane = new Lane({
      prepare: (requests) => this.#prepare(requests),
      commit: (requests, prepared, previous) => this.#commit(requests, prepared, previous),
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

  /** Settings of the brand were changed. */
  rename(record: BrandRecord): void {
    this.#record = record;
  }

  advance(now: number): boolean {
    return this.#counts.windows.advance(now);
  }

  excerpts(now: number): ShownExcerpts {
    return reviewed(this.#counts, now);
  }

  read(window: WindowName, now: number, k: number): RawBoard {
    return this.#still.read(this.#counts, window, now, k);
  }

  /** Fill the live counts from the ledger. */
  async load(): Promise<void> {
    const { ledger, clock } = this.#parts;
    this.#counts = await loadCounts(ledger, this.#record, clock());
    this.#step.commits = this.#counts.commits;
  }

  events(...request: Parameters<BrandDoor['events']>): Promise<EventCounts> {
    return this.#lane.events(...request);
  }

  consent(acts: readonly ConsentBody[]): ReturnType<BrandDoor['consent']> {
    return this.#turn(async () => {
      const { consents, notices } = this.#counts;
      const context = { sector: this.#record.body.sector, notices, now: this.#parts.clock() };
      const faults = checkActs(acts, context, consents, this.#names);
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

  rest(network: Network, fan: string, rest: Rest): Promise<void> {
    const name = this.#names.person(network, fan);
    return this.#turn(() => this.#recordFans(restOf(name, rest, this.#counts.consents), false));
  }

  /** Erase again who was erased before a backup was taken back in; gives how many there were. */
  eraseReturned(): Promise<number> {
    return this.#turn(async () => {
      const returned = await leaversBack(this.#parts.ledger, this.#record, this.#parts.clock());
      await this.#recordFans(returned, true);
      return returned.length;
    });
  }

  notices(): ReturnType<BrandDoor['notices']> {
    return this.#parts.ledger.notices(this.#record);
  }

  draftNotice(draft: Parameters<BrandDoor['draftNotice']>[0]): Promise<boolean> {
    return this.#parts.ledger.draftNotice(this.#record, { ...draft, changedAt: this.#parts.clock() });
  }

  publishNotice(version: string, newMeaning: boolean): Promise<boolean> {
    return this.#turn(async () => {
      const { ledger, clock } = this.#parts;
      const published = await ledger.publishNotice(this.#record, version, newMeaning, clock());
      if (!published) return false;
      this.#counts = await reloadConsents(this.#counts, ledger, this.#record, clock());
      this.#step.commits++;
      return true;
    });
  }

  held(network: Network, fan: string): Promise<Held> {
    const known = this.#counts.consents.find(this.#names.person(network, fan));
    if (known < 0) return Promise.resolve(NOTHING_HELD);
    return this.#parts.ledger.held(this.#record, known);
  }

  figure(figure: Parameters<BrandDoor['figure']>[0]): Promise<void> {
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
        const done = await this.#step.run(work);
        await refill(this.#counts, this.#parts.ledger, this.#record, this.#parts.clock());
        return done;
      } finally {
        this.#committing--;
        this.#parts.onChange(this.slug, false);
      }
    });
  }

  #act(acts: readonly ConsentBody[], erase: boolean): Promise<void> {
    return this.#recordFans(byFan(acts, this.#counts.consents, this.#names), erase);
  }

  #recordFans(fans: readonly FanActs[], erase: boolean): Promise<void> {
    const { ledger, clock } = this.#parts;
    const { consents, notices } = this.#counts;
    const context = { ledger, now: clock(), commits: this.#step.commits, brand: this.#record, notices };
    const apply = (recorded: readonly Recorded[], whole: () => void): Promise<void> => {
      this.#step.commits++;
      return this.#still.apply(this.#counts, recorded, context.now, () => {
        whole();
        // The fans who acted alone: what others lose with them is no change of theirs to hide behind.
        for (const { fan } of fans) this.changes.add(fan);
        if (recorded.length > 0) this.#takenBack++;
      });
    };
    return recordFans(fans, erase, { ...context, apply }, consents);
  }

  #prepare(requests: readonly Request[]): Promise<Prepared | Error> {
    const { rooms, labeller, sectors, clock } = this.#parts;
    const seal: Seal = (excerpts) => this.#parts.ledger.seal(this.#record, excerpts);
    const again = requests.map(({ mark }) => mark?.isAgain === true);
    const context = { rooms, labeller, sector: sectors.of(this.#record), now: clock(), seal, again };
    const bodies = requests.map((request) => request.events);
    return prepare(bodies, context, this.#counts.consents, this.#names).catch((fault: unknown) =>
      fault instanceof Error ? fault : new Error('preparing failed', { cause: fault }),
    );
  }

  async #commit(
    requests: readonly Request[],
    early: Prepared | Error,
    previous: Promise<void>,
  ): Promise<void> {
    this.#committing++;
    try {
      const counts = await this.#commits.commit(requests, early, previous);
      requests.forEach((request, i) => request.done.resolve(counts[i]!));
    } catch (fault) {
      for (const request of requests) request.done.reject(fault);
    } finally {
      this.#committing--;
      this.#parts.onChange(this.slug, false);
    }
  }

  async #rebuild(): Promise<void> {
    await this.load();
    this.#takenBack++;
    this.#parts.onChange(this.slug, true);
  }
}
