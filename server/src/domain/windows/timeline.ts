import { BUCKETS, DAY, LONGEST } from './shape.ts';

/** What one bucket of the series holds. */
export interface BucketCounts {
  readonly engagements: number;
  readonly fans: number;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  readonly labelledFans: number;
}

const FIELDS = 6;
const [ENGAGEMENTS, FANS, POSITIVE, LABELLED_FANS] = [0, 1, 2, 5] as const;

/** One ring of buckets (minutes of a day, or hours of 30 days), made when first written. */
class Ring {
  readonly #length: number;
  #counts: Int32Array | undefined;

  constructor(length: number) {
    this.#length = length;
  }

  add(bucket: number, field: number, by: number): void {
    this.#counts ??= new Int32Array(this.#length * FIELDS);
    this.#counts[(bucket % this.#length) * FIELDS + field]! += by;
  }

  clear(bucket: number): void {
    const at = (bucket % this.#length) * FIELDS;
    this.#counts?.fill(0, at, at + FIELDS);
  }

  read(bucket: number): BucketCounts {
    const at = (bucket % this.#length) * FIELDS;
    const value = (field: number) => this.#counts?.[at + field] ?? 0;
    return {
      engagements: value(ENGAGEMENTS),
      fans: value(FANS),
      positive: value(POSITIVE),
      neutral: value(POSITIVE + 1),
      negative: value(POSITIVE + 2),
      labelledFans: value(LABELLED_FANS),
    };
  }
}

/** What an engagement brings to the bucket it belongs to. */
export interface BucketChange {
  /** 0 for no label, 1 positive, 2 neutral, 3 negative. */
  readonly label: number;
  /** True when it is the only engagement of its fan in the bucket. */
  readonly onlyOfFan: boolean;
  /** True when it is the only labelled one of its fan in the bucket. */
  readonly onlyLabelled: boolean;
}

/** Series of one brand: minute buckets of the last day, hour buckets of the last 30 days. */
export class Timeline {
  readonly #minutes = new Ring(BUCKETS[DAY]!);
  readonly #hours = new Ring(BUCKETS[LONGEST]!);

  /** Apply (`by` 1) or take back (−1) an engagement in a bucket of `grain` 1 or 60 minutes. */
  move(grain: number, bucket: number, change: BucketChange, by: 1 | -1): void {
    const ring = this.#ring(grain);
    ring.add(bucket, ENGAGEMENTS, by);
    if (change.onlyOfFan) ring.add(bucket, FANS, by);
    if (change.label >= 1 && change.label <= 3) ring.add(bucket, POSITIVE + change.label - 1, by);
    if (change.onlyLabelled) ring.add(bucket, LABELLED_FANS, by);
  }

  /** Empty a bucket that has left the longest window of its grain. */
  clear(grain: number, bucket: number): void {
    this.#ring(grain).clear(bucket);
  }

  read(grain: number, bucket: number): BucketCounts {
    return this.#ring(grain).read(bucket);
  }

  #ring(grain: number): Ring {
    return grain === 1 ? this.#minutes : this.#hours;
  }
}
