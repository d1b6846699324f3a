import { NONE } from './rows.ts';
import { W } from './shape.ts';

/** The dimensions in which distinct people are counted; one bit each in a row's `latest`. */
export const DIM = {
  total: 0,
  network: 1,
  kind: 2,
  campaign: 3,
  language: 4,
  reaction: 5,
  object: 6,
  /** Fans who carried a message on. */
  amplifier: 7,
  /** Rows that know the followers of their fan. */
  followers: 8,
  /** Fans with a labelled text. */
  labelled: 9,
} as const;
export type Dim = (typeof DIM)[keyof typeof DIM];
export const DIMS = Object.keys(DIM).length;

/** Cells that exist always, whatever the brand. */
export const TOTAL = 0;
export const AMPLIFIER = 1;
export const FOLLOWERS = 2;
export const LABELLED = 3;
/** What names no campaign, language or reaction: never shown, but subtraction would tell it. */
export const UNNAMED = { campaign: 4, language: 5, reaction: 6 } as const;
const FIXED: readonly Dim[] = [
  DIM.total,
  DIM.amplifier,
  DIM.followers,
  DIM.labelled,
  DIM.campaign,
  DIM.language,
  DIM.reaction,
];

/**
 * A cell is one key of one dimension (network "x", object "post-1"). Per cell and window: the
 * engagements present and the distinct fans. A cell lives while an engagement of it does.
 */
export class Cells {
  /** [cell × W + w] */
  engagements = new Int32Array(16 * W);
  fans = new Int32Array(16 * W);
  readonly #names: (string | undefined)[] = [];
  readonly #dims: Dim[] = [];
  readonly #byName = Array.from({ length: DIMS }, () => new Map<string, number>());
  readonly #free: number[] = [];

  constructor() {
    for (const dim of FIXED) this.intern(dim, '');
  }

  /** Number of cells ever used at once; cells below it may be free. */
  get length(): number {
    return this.#names.length;
  }

  /** The cell of a key, made when it is new. */
  intern(dim: Dim, name: string): number {
    const known = this.#byName[dim]!.get(name);
    if (known !== undefined) return known;
    const cell = this.#free.pop() ?? this.#names.length;
    this.#names[cell] = name;
    this.#dims[cell] = dim;
    this.#byName[dim]!.set(name, cell);
    if ((cell + 1) * W > this.engagements.length) {
      this.engagements = grown(this.engagements);
      this.fans = grown(this.fans);
    }
    return cell;
  }

  /** The cell of a key, NONE for the empty key. */
  internOptional(dim: Dim, name: string): number {
    return name === '' ? NONE : this.intern(dim, name);
  }

  /** Key of a cell, `undefined` when the cell is free. */
  name(cell: number): string | undefined {
    return this.#names[cell];
  }

  dim(cell: number): Dim {
    return this.#dims[cell]!;
  }

  /** Every cell of a dimension with its key. */
  of(dim: Dim): Iterable<[string, number]> {
    return this.#byName[dim]!;
  }

  /** Free a cell that no engagement of the longest window is in. */
  release(cell: number): void {
    if (cell < FIXED.length || cell === NONE || this.engagements[cell * W + W - 1] !== 0) return;
    // Two rows that leave together both ask; the second must not free it again.
    if (this.#names[cell] === undefined) return;
    this.#byName[this.#dims[cell]!]!.delete(this.#names[cell]);
    this.#names[cell] = undefined;
    this.#free.push(cell);
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.ceil(array.length * 1.5));
  next.set(array);
  return next;
}
