import type { HistoryDimension, Network } from '@fanfare/contract';
import { NOTHING, type HistoryBucket, type HistoryCell, type HistoryDay, type HistoryWhole } from './cell.ts';
import { edgeBefore } from './days.ts';

const HOUR = 3_600_000;

interface Counts {
  readonly engagements: number;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

/** What is stored of a run of days; keys are names, `null` for what is not listed. */
export interface HistoryFacts {
  /** Starts (ms) of the days, and the end of the last one. */
  readonly edges: readonly number[];
  readonly by: HistoryDimension | null;
  /** Hours (UTC, since 1970) before it are frozen. */
  readonly heldFrom: number;
  /** From the rollups, per hour and key. */
  readonly counts: readonly (Counts & { readonly hour: number; readonly key: string | null })[];
  /** From the ledger: distinct fans of an hour, or of a day (its index), in all or of one key. */
  readonly people: readonly (Counts & {
    readonly ofHour: boolean;
    readonly bucket: number;
    readonly ofKey: boolean;
    readonly key: string | null;
    readonly fans: number;
    readonly opinions: number;
    readonly mean: number | null;
    /** Distinct fans with a positive text, and so on. */
    readonly forIt?: number;
    readonly between?: number;
    readonly against?: number;
  })[];
  /** Frozen hours, in all or of one key. */
  readonly frozen: readonly (Counts & {
    readonly hour: number;
    readonly ofKey: boolean;
    readonly key: string | null;
    readonly fans: number;
    readonly opinions: number;
  })[];
  /** From the ledger: whole hours and days (their index); `null` or absent where it was not asked. */
  readonly wholes?: readonly (HistoryWhole & { readonly ofHour: boolean; readonly bucket: number })[] | null;
  /** At the ends (ms) of buckets. */
  readonly consenting?: readonly { readonly end: number; readonly count: number }[];
  readonly refusals: readonly { readonly hour: number; readonly network: Network; readonly count: number }[];
}

type Draft = { -readonly [K in keyof HistoryCell]: HistoryCell[K] };

/** Put what rollups, ledger and frozen hours say of some days together. */
export function assembleDays(facts: HistoryFacts): HistoryDay[] {
  const { edges, by, heldFrom } = facts;
  const dayOf = (hour: number) => edgeBefore(edges, hour * HOUR);
  const days = edges.slice(0, -1).map((from, i) => new Bucket(from, edges[i + 1]!, heldFrom * HOUR));
  const hours = new Map<number, Bucket>();
  for (let hour = Math.ceil(edges[0]! / HOUR); hour * HOUR < edges.at(-1)!; hour++)
    hours.set(hour, new Bucket(hour * HOUR, (hour + 1) * HOUR, heldFrom * HOUR));
  const both = (hour: number) => [hours.get(hour), days[dayOf(hour)]].filter((found) => found !== undefined);

  for (const row of facts.counts) {
    for (const bucket of both(row.hour)) {
      add(bucket.total, row);
      if (by !== null) add(bucket.cell(row.key), row);
    }
  }
  for (const row of facts.frozen) {
    for (const bucket of both(row.hour)) {
      const cell = row.ofKey ? bucket.cell(row.key) : bucket.total;
      add(cell, row);
      atLeast(cell, row);
    }
  }
  for (const row of facts.people) {
    const bucket = row.ofHour ? hours.get(row.bucket) : days[row.bucket];
    if (!bucket) continue;
    const cell = row.ofKey ? bucket.cell(row.key) : bucket.total;
    atLeast(cell, row);
    if (!cell.held) continue;
    cell.mean = row.mean;
    const { forIt = 0, between = 0, against = 0 } = row;
    cell.voices = { positive: forIt, neutral: between, negative: against };
    // The ledger knows minutes: a day it holds is exact, whatever its edges cut.
    if (bucket.cut) Object.assign(cell, countsOf(row));
  }
  if (facts.wholes) {
    for (const bucket of [...days, ...hours.values()]) if (bucket.total.held) bucket.whole = NOTHING;
    for (const { ofHour, bucket: at, ...whole } of facts.wholes) {
      const bucket = ofHour ? hours.get(at) : days[at];
      if (bucket?.whole) bucket.whole = whole;
    }
  }
  const consenting = new Map((facts.consenting ?? []).map(({ end, count }) => [end, count]));
  for (const bucket of [...days, ...hours.values()]) bucket.consenting = consenting.get(bucket.to) ?? null;
  for (const { hour, network, count } of facts.refusals) {
    for (const bucket of both(hour)) bucket.refuse(by === 'network' ? network : null, count);
  }
  const hoursOf = days.map((): HistoryBucket[] => []);
  for (const [hour, bucket] of hours) hoursOf[dayOf(hour)]?.push(bucket);
  return days.map((day, i) => ({ day, hours: hoursOf[i]! }));
}

class Bucket implements HistoryBucket {
  readonly from: number;
  readonly to: number;
  readonly cut: boolean;
  readonly total: Draft;
  readonly cells = new Map<string, Draft>();
  readonly refusedBy = new Map<string, number>();
  rest: Draft | null = null;
  refused = 0;
  whole: HistoryWhole | null = null;
  consenting: number | null = null;
  readonly #held: boolean;

  constructor(from: number, to: number, heldFrom: number) {
    this.from = from;
    this.to = to;
    this.cut = from % HOUR !== 0 || to % HOUR !== 0;
    this.#held = from >= heldFrom;
    this.total = emptyCell(this.#held);
  }

  /** The cell of a key, of the rest for `null`. */
  cell(key: string | null): Draft {
    if (key === null) return (this.rest ??= emptyCell(this.#held));
    const known = this.cells.get(key);
    if (known) return known;
    const made = emptyCell(this.#held);
    this.cells.set(key, made);
    return made;
  }

  refuse(key: string | null, count: number): void {
    this.refused += count;
    if (key === null) return;
    this.cell(key);
    this.refusedBy.set(key, (this.refusedBy.get(key) ?? 0) + count);
  }
}

function emptyCell(held: boolean): Draft {
  return {
    ...{ engagements: 0, positive: 0, neutral: 0, negative: 0 },
    ...{ fans: 0, opinions: 0, mean: null, held },
  };
}

function add(cell: Draft, { engagements, positive, neutral, negative }: Counts): void {
  cell.engagements += engagements;
  cell.positive += positive;
  cell.neutral += neutral;
  cell.negative += negative;
}

function countsOf({ engagements, positive, neutral, negative }: Counts): Counts {
  return { engagements, positive, neutral, negative };
}

/** Of several hours no more is sure than the people of the fullest. */
function atLeast(cell: Draft, { fans, opinions }: { fans: number; opinions: number }): void {
  cell.fans = Math.max(cell.fans, fans);
  cell.opinions = Math.max(cell.opinions, opinions);
}
