import { isSameButOwner, minuteOf, type Labelled } from '../engagement.ts';
import { AmplifierCounts } from './amplifiers.ts';
import { Cells, DIM } from './cells.ts';
import { CreditCounts } from './credits.ts';
import { Distinct, isOpinion } from './distinct.ts';
import { OpinionCounts } from './opinions.ts';
import { PaceCounts } from './pace.ts';
import { Pending } from './pending.ts';
import { RefusalCounts } from './refusals.ts';
import { NONE, Rows } from './rows.ts';
import { BUCKETS, DAY, GRAIN, LONGEST, W, firstWindow, startsAt } from './shape.ts';
import { Timeline, type BucketChange } from './timeline.ts';

/**
 * The exact live counts of one brand over all windows, in integers. Every engagement of the last
 * 30 days is a row; it enters the windows that hold its minute, and leaves each as the window
 * slides. Every step can be taken back exactly, so a withdrawal is a run of removals.
 * Not a store: it is rebuilt from the ledger, and forgets what leaves the longest window.
 */
export class BrandWindows {
  readonly rows = new Rows();
  readonly cells = new Cells();
  readonly opinions = new OpinionCounts();
  readonly timeline = new Timeline();
  readonly refusals = new RefusalCounts();
  readonly distinct = new Distinct(this.rows, this.cells);
  readonly amplifiers = new AmplifierCounts(this.rows, this.distinct.latest);
  readonly credits = new CreditCounts(this.rows);
  readonly pace = new PaceCounts(this.rows);
  readonly #pending = new Pending();
  #starts: readonly number[];
  #minute: number;

  /** @param now milliseconds since 1970: the instant the windows end at */
  constructor(now: number) {
    this.#minute = minuteOf(now);
    this.#starts = startsAt(this.#minute);
  }

  /** Newest minute of all windows. */
  get minute(): number {
    return this.#minute;
  }

  /** First minute of each window. */
  get starts(): readonly number[] {
    return this.#starts;
  }

  /** Put the change of one ledger row into the counts. */
  record(before: Labelled | null, after: Labelled | null): void {
    const waiting = before !== null && this.#pending.remove(before);
    if (before && after && !waiting && isSameButOwner(before, after)) return this.#own(before, after.owner);
    if (before && !waiting) this.#remove(before);
    if (!after) return;
    if (minuteOf(after.occurredAt) > this.#minute) this.#pending.add(after);
    else this.#insert(after);
  }

  /** Count refused engagements of a minute; one ahead of now waits like an engagement does. */
  refuse(minute: number, count: number): void {
    if (minute > this.#minute) this.#pending.refuse(minute, count);
    else this.refusals.add(minute, count, this.#starts);
  }

  /**
   * Slide all windows to `now` (ms); true when they moved. Time never goes back: an earlier
   * instant does nothing.
   */
  advance(now: number): boolean {
    const minute = minuteOf(now);
    if (minute <= this.#minute) return false;
    const [old, last] = [this.#starts, this.#minute];
    this.#minute = minute;
    this.#starts = startsAt(minute);
    for (let w = 0; w < W; w++) {
      const end = Math.min(this.#starts[w]!, last + 1);
      this.#eachRow(old[w]!, end, (row) => this.#leave(row, w));
      this.refusals.slide(w, old[w]!, this.#starts[w]!);
    }
    this.#clearBuckets(DAY, old[DAY]!);
    this.#clearBuckets(LONGEST, old[LONGEST]!);
    this.#eachRow(old[LONGEST]!, Math.min(this.#starts[LONGEST]!, last + 1), (row) => {
      this.credits.drop(row, this.#starts);
      this.pace.move(this.rows.at.minute[row]!, -1);
      this.distinct.forget(row);
      this.#free(row);
    });
    for (const due of this.#pending.due(minute)) this.#insert(due);
    for (const [late, count] of this.#pending.dueRefusals(minute)) {
      this.refusals.add(late, count, this.#starts);
    }
    return true;
  }

  #insert(fact: Labelled): void {
    const minute = minuteOf(fact.occurredAt);
    const first = firstWindow(this.#starts, minute);
    if (first === W) return;
    const row = this.#fill(fact, minute);
    const carries = this.amplifiers.counts(row);
    if (carries) this.amplifiers.move(fact.fan, this.#starts, -1);
    this.rows.link(row);
    this.distinct.enter(row, this.#starts);
    if (carries) this.amplifiers.move(fact.fan, this.#starts, 1);
    this.#moveTimeline(row, 1);
    this.opinions.move(fact.fan, fact.label, first, LONGEST, 1);
    this.credits.enter(row, this.#starts);
  }

  #own(fact: Labelled, owner: number): void {
    const row = this.#find(fact);
    if (row === NONE) return;
    this.credits.drop(row, this.#starts);
    this.rows.at.owner[row] = owner < 0 ? NONE : owner;
    this.credits.enter(row, this.#starts);
  }

  #remove(fact: Labelled): void {
    const row = this.#find(fact);
    if (row === NONE) return;
    const { minute, label, fan } = this.rows.at;
    const mine = fan[row]!;
    const carries = this.amplifiers.counts(row);
    if (carries) this.amplifiers.move(mine, this.#starts, -1);
    this.distinct.drop(row, this.#starts);
    if (carries) this.amplifiers.move(mine, this.#starts, 1);
    this.#moveTimeline(row, -1);
    this.opinions.move(mine, label[row]!, firstWindow(this.#starts, minute[row]!), LONGEST, -1);
    this.credits.drop(row, this.#starts);
    this.#free(row);
  }

  #leave(row: number, w: number): void {
    const { fan, label } = this.rows.at;
    this.amplifiers.leave(row, w);
    this.distinct.leave(row, w);
    this.opinions.move(fan[row]!, label[row]!, w, w, -1);
    this.credits.leave(row, w);
  }

  /**
   * Looks along the fan's list from both ends and along the minute's, all at once: where one of them
   * is long, another is short.
   */
  #find(fact: Labelled): number {
    const { keyHigh, keyLow, fanNext, fanPrev, bucketNext } = this.rows.at;
    const minute = minuteOf(fact.occurredAt);
    if (firstWindow(this.#starts, minute) === W) return NONE;
    const [high, low] = halves(fact.key);
    const is = (row: number): boolean => keyHigh[row] === high && keyLow[row] === low;
    let [newer, older] = [this.rows.newest(fact.fan), this.rows.oldest(fact.fan)];
    for (let other = this.rows.bucket(minute); other !== NONE; other = bucketNext[other]!) {
      if (is(other)) return other;
      if (is(newer)) return newer;
      if (is(older)) return older;
      if (newer === NONE || newer === older || fanNext[newer] === older) return NONE;
      [newer, older] = [fanNext[newer]!, fanPrev[older]!];
    }
    return NONE;
  }

  #free(row: number): void {
    const { object, campaign, language, reaction } = this.rows.at;
    const cells = [object[row]!, campaign[row]!, language[row]!, reaction[row]!];
    this.rows.drop(row);
    for (const cell of cells) this.cells.release(cell);
  }

  #moveTimeline(row: number, by: 1 | -1): void {
    const minute = this.rows.at.minute[row]!;
    this.pace.move(minute, by);
    if (minute >= this.#starts[DAY]!) this.timeline.move(1, minute, this.#bucketChange(row, 1), by);
    this.timeline.move(60, Math.floor(minute / 60), this.#bucketChange(row, 60), by);
  }

  /** Looks along the fan's list, which is in order of time, only as far as the bucket goes. */
  #bucketChange(row: number, grain: number): BucketChange {
    const { minute, fanPrev, fanNext, label } = this.rows.at;
    const bucket = Math.floor(minute[row]! / grain);
    let onlyOfFan = true;
    let onlyLabelled = isOpinion(label[row]!);
    for (const step of [fanPrev, fanNext]) {
      for (let other = step[row]!; other !== NONE; other = step[other]!) {
        if (Math.floor(minute[other]! / grain) !== bucket) break;
        onlyOfFan = false;
        if (!onlyLabelled) break;
        if (isOpinion(label[other]!)) onlyLabelled = false;
      }
    }
    return { label: label[row]!, onlyOfFan, onlyLabelled };
  }

  #eachRow(from: number, to: number, visit: (row: number) => void): void {
    if (this.rows.size === 0) return;
    for (let minute = from; minute < to; minute++) {
      for (let row = this.rows.bucket(minute); row !== NONE;) {
        const next = this.rows.at.bucketNext[row]!;
        visit(row);
        row = next;
      }
    }
  }

  #clearBuckets(w: number, from: number): void {
    const grain = GRAIN[w]!;
    const to = this.#starts[w]! / grain;
    for (let bucket = Math.max(from / grain, to - BUCKETS[w]!); bucket < to; bucket++) {
      this.timeline.clear(grain, bucket);
    }
  }

  #fill(fact: Labelled, minute: number): number {
    const row = this.rows.take();
    const { at, ids } = this.rows;
    const [high, low] = halves(fact.key);
    this.distinct.prepare(fact.network, fact.kind);
    at.minute[row] = minute;
    at.ms[row] = fact.occurredAt - minute * 60_000;
    at.fan[row] = fact.fan;
    at.owner[row] = fact.owner < 0 ? NONE : fact.owner;
    at.followers[row] = fact.followers < 0 ? NONE : fact.followers;
    at.network[row] = fact.network;
    at.kind[row] = fact.kind;
    at.label[row] = fact.label;
    at.latest[row] = 0;
    at.creditNext[row] = NONE;
    at.campaign[row] = this.cells.internOptional(DIM.campaign, fact.campaign);
    at.language[row] = this.cells.internOptional(DIM.language, fact.language);
    at.reaction[row] = this.cells.internOptional(DIM.reaction, fact.reaction);
    at.object[row] = this.cells.internOptional(DIM.object, fact.object);
    at.keyHigh[row] = high;
    at.keyLow[row] = low;
    ids[row] = fact.followers >= 0 ? fact.id : undefined;
    return row;
  }
}

/** The first 64 bits of a key as two numbers. */
function halves(key: string): [number, number] {
  return [Number.parseInt(key.slice(0, 8), 16), Number.parseInt(key.slice(8, 16), 16)];
}
