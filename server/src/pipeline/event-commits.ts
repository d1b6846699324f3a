import { keptOf } from '../domain/excerpts/excerpt.ts';
import type { DeliveryMark } from '../domain/sources/delivery.ts';
import type { BrandRecord, EventCounts, RecordAnswer } from '../parts.ts';
import { applyRecorded, refill, type LiveCounts } from './counts.ts';
import type { Request } from './lane.ts';
import type { LineParts } from './line-parts.ts';
import type { Prepared } from './prepare.ts';
import type { LedgerStep } from './step.ts';

/** What the commits of a brand's events need of its line. */
export interface CommitContext {
  readonly parts: LineParts;
  readonly step: LedgerStep;
  readonly record: () => BrandRecord;
  readonly counts: () => LiveCounts;
  /** A batch passes the rooms again, because consents were read anew. */
  readonly prepare: (requests: readonly Request[]) => Promise<Prepared | Error>;
  /** Engagements of these fans changed. */
  readonly changed: (answer: RecordAnswer) => void;
}

/**
 * Commits batches of events. One whose engagements are all new is sent at once, even while the one
 * before is still being committed or applied; any other waits its turn and goes the long way.
 */
export class EventCommits {
  readonly #context: CommitContext;
  /** Sent, and neither applied nor gone the long way yet: they count before the next one. */
  #ahead = 0;
  /** Settles when the batches that go the long way have: nothing is sent ahead of them. */
  #long: Promise<unknown> | null = null;
  /** Settles when the batch before has been sent, or goes the long way: none overtakes another. */
  #decided: Promise<void> = Promise.resolve();
  /** Settles when everything sent is answered. */
  #answered: Promise<unknown> = Promise.resolve();

  constructor(context: CommitContext) {
    this.#context = context;
  }

  /**
   * Commit one batch and apply it after `previous`, the batch before.
   * @returns one per request
   * @throws whatever the ledger throws; the step then finds out whether the commit happened
   */
  async commit(
    requests: readonly Request[],
    early: Prepared | Error,
    previous: Promise<void>,
  ): Promise<readonly EventCounts[]> {
    const { step } = this.#context;
    const before = this.#decided;
    const decided = Promise.withResolvers<void>();
    this.#decided = decided.promise;
    await before;
    let sent: Promise<RecordAnswer | null> | null;
    let known: number;
    try {
      // After a long way the short one again: under load there is always a next batch.
      for (let long = this.#long; long; long = this.#long) {
        await long;
        if (this.#long === long) this.#long = null;
      }
      known = step.commits + this.#ahead;
      sent = this.#send(requests, early, known);
    } finally {
      decided.resolve();
    }
    return sent
      ? this.#follow(sent, known, requests, early as Prepared, previous)
      : this.#goLong(requests, early, previous);
  }

  /** Wait for the answer to what was sent with `known` commits, and apply it in its turn. */
  async #follow(
    sent: Promise<RecordAnswer | null>,
    known: number,
    requests: readonly Request[],
    prepared: Prepared,
    previous: Promise<void>,
  ): Promise<readonly EventCounts[]> {
    const { step } = this.#context;
    this.#ahead++;
    try {
      let answer: RecordAnswer | null;
      try {
        answer = await sent;
        if (answer) await previous;
      } finally {
        // In one go with the count of commits: a batch that is sent in between would count it twice.
        this.#ahead--;
      }
      return await (answer
        ? this.#settle(prepared, answer, known)
        : this.#goLong(requests, prepared, previous));
    } catch (fault) {
      step.doubt();
      throw fault;
    }
  }

  #goLong(
    requests: readonly Request[],
    early: Prepared | Error,
    previous: Promise<void>,
  ): Promise<readonly EventCounts[]> {
    const turn = this.#takeTurn(requests, early, previous);
    this.#long = Promise.allSettled([this.#long, turn]).then(() => undefined);
    return turn;
  }

  async #takeTurn(
    requests: readonly Request[],
    early: Prepared | Error,
    previous: Promise<void>,
  ): Promise<readonly EventCounts[]> {
    await previous;
    await this.#answered;
    const { counts } = await this.#context.step.run(() => this.#theLongWay(requests, early));
    return counts;
  }

  #send(
    requests: readonly Request[],
    early: Prepared | Error,
    known: number,
  ): Promise<RecordAnswer | null> | null {
    const { parts, record, counts, step } = this.#context;
    if (early instanceof Error || early.consents !== counts().consents) return null;
    const marks = marksOf(requests);
    if (step.doubted || isEmpty(early, marks)) return null;
    const { statements, refusals, excerpts } = early;
    const sent = parts.ledger.recordNew(record(), { statements, refusals, excerpts, marks, commits: known });
    // Without its outcome, which would hold that of every batch before it.
    this.#answered = Promise.allSettled([this.#answered, sent]).then(() => undefined);
    return sent;
  }

  async #settle(prepared: Prepared, answer: RecordAnswer, known: number): Promise<readonly EventCounts[]> {
    const { step } = this.#context;
    // The one before was committed though its answer was lost: the counts are read anew, with both.
    if (step.commits !== known) await step.run(() => Promise.resolve());
    else this.#apply(prepared, answer);
    prepared.settle(answer.outcomes);
    return prepared.counts;
  }

  async #theLongWay(requests: readonly Request[], early: Prepared | Error): Promise<Prepared> {
    const { parts, record, counts, step, prepare } = this.#context;
    // Getting in step may have shown consents that the batch was not prepared with.
    const stale = !(early instanceof Error) && early.consents !== counts().consents;
    const prepared = stale ? await prepare(requests) : early;
    if (prepared instanceof Error) throw prepared;
    const marks = marksOf(requests);
    if (isEmpty(prepared, marks)) return prepared;
    const { statements, refusals, excerpts, cases } = prepared;
    const batch = { statements, refusals, excerpts, cases, marks, commits: step.commits };
    const answer = await parts.ledger.record(record(), batch);
    this.#apply(prepared, answer);
    await refill(counts(), parts.ledger, record(), parts.clock());
    prepared.settle(answer.outcomes);
    return prepared;
  }

  #apply({ refusals, excerpts: stated }: Prepared, answer: RecordAnswer): void {
    const { parts, counts, step, changed } = this.#context;
    const { windows, excerpts } = counts();
    step.commits++;
    applyRecorded(windows, answer.recorded, parts.clock());
    if (stated) excerpts.record(answer.recorded, keptOf(answer.recorded, stated));
    changed(answer);
    for (const { minute, count } of refusals) windows.refuse(minute, count);
  }
}

function marksOf(requests: readonly Request[]): DeliveryMark[] {
  return requests.flatMap(({ mark }) => mark ?? []);
}

function isEmpty({ statements, refusals }: Prepared, marks: readonly DeliveryMark[]): boolean {
  return statements.length === 0 && refusals.length === 0 && marks.length === 0;
}
