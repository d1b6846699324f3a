/** No row, no fan, no cell. */
export const NONE = 0xffffffff;

const COLUMNS = {
  minute: Uint32Array,
  fan: Uint32Array,
  owner: Uint32Array,
  followers: Uint32Array,
  object: Uint32Array,
  campaign: Uint32Array,
  language: Uint32Array,
  reaction: Uint32Array,
  keyHigh: Uint32Array,
  keyLow: Uint32Array,
  bucketPrev: Uint32Array,
  bucketNext: Uint32Array,
  fanPrev: Uint32Array,
  fanNext: Uint32Array,
  creditNext: Uint32Array,
  /** Milliseconds within the minute. */
  ms: Uint16Array,
  /** Bit d is set when the row is the latest of its (fan, cell) in dimension d. */
  latest: Uint16Array,
  network: Uint8Array,
  kind: Uint8Array,
  label: Uint8Array,
} as const;

type Columns = { -readonly [C in keyof typeof COLUMNS]: InstanceType<(typeof COLUMNS)[C]> };
type ColumnName = keyof Columns;
const NAMES = Object.keys(COLUMNS) as ColumnName[];

/**
 * The engagements of the last 30 days of one brand as typed columns (about 70 bytes a row), each
 * row in two doubly linked lists: its minute, and its fan's engagements, newest first.
 */
export class Rows {
  readonly at: Columns;
  /** Event ids of rows that know the followers: they break ties of one instant. */
  readonly ids: (string | undefined)[] = [];
  readonly #bucketHead = new Map<number, number>();
  #fanHead = new Uint32Array(0);
  #fanTail = new Uint32Array(0);
  #capacity = 0;
  #used = 0;
  #free: number[] = [];

  constructor() {
    this.at = Object.fromEntries(NAMES.map((name) => [name, new COLUMNS[name](0)])) as Columns;
  }

  /** Rows in use. */
  get size(): number {
    return this.#used - this.#free.length;
  }

  /** A fresh row; the caller fills every column, then calls `link`. */
  take(): number {
    const reused = this.#free.pop();
    if (reused !== undefined) return reused;
    if (this.#used === this.#capacity) this.#grow();
    return this.#used++;
  }

  /** Newest row of a fan, or NONE. */
  newest(fan: number): number {
    return this.#fanHead[fan] ?? NONE;
  }

  /** Oldest row of a fan, or NONE. */
  oldest(fan: number): number {
    return this.#fanTail[fan] ?? NONE;
  }

  /** First row of a minute's list, or NONE. */
  bucket(minute: number): number {
    return this.#bucketHead.get(minute) ?? NONE;
  }

  /** Milliseconds since 1970 of a row. */
  instant(row: number): number {
    return this.at.minute[row]! * 60_000 + this.at.ms[row]!;
  }

  /** Put a filled row into its minute's list and, by instant, into its fan's. */
  link(row: number): void {
    const { minute, bucketPrev, bucketNext, fan } = this.at;
    const head = this.bucket(minute[row]!);
    bucketPrev[row] = NONE;
    bucketNext[row] = head;
    if (head !== NONE) bucketPrev[head] = row;
    this.#bucketHead.set(minute[row]!, row);
    this.#linkFan(row, fan[row]!);
  }

  /** Take a row out of both lists and give its place back. */
  drop(row: number): void {
    const { minute, bucketPrev, bucketNext, fan, fanPrev, fanNext } = this.at;
    const [before, after] = [bucketPrev[row]!, bucketNext[row]!];
    if (after !== NONE) bucketPrev[after] = before;
    if (before !== NONE) bucketNext[before] = after;
    else if (after !== NONE) this.#bucketHead.set(minute[row]!, after);
    else this.#bucketHead.delete(minute[row]!);
    const [newer, older] = [fanPrev[row]!, fanNext[row]!];
    if (older !== NONE) fanPrev[older] = newer;
    else this.#fanTail[fan[row]!] = newer;
    if (newer !== NONE) fanNext[newer] = older;
    else this.#fanHead[fan[row]!] = older;
    fan[row] = NONE;
    this.ids[row] = undefined;
    this.#free.push(row);
  }

  #linkFan(row: number, fan: number): void {
    const { fanPrev, fanNext } = this.at;
    if (fan >= this.#fanHead.length) this.#growFans(fan);
    const instant = this.instant(row);
    const oldest = this.#fanTail[fan]!;
    const last = oldest !== NONE && this.instant(oldest) > instant;
    let newer = last ? oldest : NONE;
    let older = last ? NONE : this.#fanHead[fan]!;
    while (older !== NONE && this.instant(older) > instant) {
      newer = older;
      older = fanNext[older]!;
    }
    fanPrev[row] = newer;
    fanNext[row] = older;
    if (older !== NONE) fanPrev[older] = row;
    else this.#fanTail[fan] = row;
    if (newer !== NONE) fanNext[newer] = row;
    else this.#fanHead[fan] = row;
  }

  #growFans(fan: number): void {
    const length = Math.max(fan + 1, Math.ceil(this.#fanHead.length * 1.5), 64);
    const [heads, tails] = [new Uint32Array(length).fill(NONE), new Uint32Array(length).fill(NONE)];
    heads.set(this.#fanHead);
    tails.set(this.#fanTail);
    [this.#fanHead, this.#fanTail] = [heads, tails];
  }

  #grow(): void {
    this.#capacity = Math.max(256, Math.ceil(this.#capacity * 1.4));
    const at = this.at as Record<ColumnName, Uint32Array | Uint16Array | Uint8Array>;
    for (const name of NAMES) {
      const column = new COLUMNS[name](this.#capacity);
      column.set(at[name]);
      at[name] = column;
    }
  }
}
