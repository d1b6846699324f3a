import type { Recorded } from '../engagement.ts';
import { QUARTER, nkOf } from './shape.ts';

/** What Explore holds of an engagement. */
export interface ExploredAct {
  readonly fan: number;
  readonly network: number;
  readonly kind: number;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly campaign: string;
  readonly language: string;
}

/** Many rows in few arrays, to be handed to another thread. */
export interface RowBatch {
  readonly size: number;
  readonly fan: Uint32Array<ArrayBuffer>;
  /** UTC quarters of an hour since 1970. */
  readonly quarter: Uint32Array<ArrayBuffer>;
  readonly nk: Uint8Array<ArrayBuffer>;
  /** Place in `pairs`. */
  readonly pair: Uint16Array<ArrayBuffer>;
  /** 1 for a row that came, −1 for one that left. */
  readonly sign: Int8Array<ArrayBuffer>;
  readonly pairs: readonly (readonly [campaign: string, language: string])[];
}

/** Gathers rows to a batch of at most so many. */
export class BatchWriter {
  readonly #fan: Uint32Array<ArrayBuffer>;
  readonly #quarter: Uint32Array<ArrayBuffer>;
  readonly #nk: Uint8Array<ArrayBuffer>;
  readonly #pair: Uint16Array<ArrayBuffer>;
  readonly #sign: Int8Array<ArrayBuffer>;
  readonly #pairs: [string, string][] = [];
  readonly #known = new Map<string, number>();
  #size = 0;

  /** @param most rows, at most 65,536: each may have a pair of its own */
  constructor(most: number) {
    this.#fan = new Uint32Array(most);
    this.#quarter = new Uint32Array(most);
    this.#nk = new Uint8Array(most);
    this.#pair = new Uint16Array(most);
    this.#sign = new Int8Array(most);
  }

  get size(): number {
    return this.#size;
  }

  get full(): boolean {
    return this.#size === this.#fan.length;
  }

  add({ fan, network, kind, occurredAt, campaign, language }: ExploredAct, sign: 1 | -1): void {
    const i = this.#size++;
    this.#fan[i] = fan;
    this.#quarter[i] = Math.floor(occurredAt / QUARTER);
    this.#nk[i] = nkOf(network, kind);
    this.#pair[i] = this.#pairOf(campaign, language);
    this.#sign[i] = sign;
  }

  batch(): RowBatch {
    return {
      ...{ size: this.#size, fan: this.#fan, quarter: this.#quarter, nk: this.#nk },
      ...{ pair: this.#pair, sign: this.#sign, pairs: this.#pairs },
    };
  }

  #pairOf(campaign: string, language: string): number {
    // No language has a space in it.
    const name = `${language} ${campaign}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, this.#pairs.length);
    return this.#pairs.push([campaign, language]) - 1;
  }
}

const AT_ONCE = 32_768;

/** What a commit changed, in batches that belong together. */
export function batchesOf(recorded: readonly Recorded[]): RowBatch[] {
  const batches: RowBatch[] = [];
  for (let from = 0; from < recorded.length; from += AT_ONCE) {
    const some = recorded.slice(from, from + AT_ONCE);
    const writer = new BatchWriter(Math.max(1, 2 * some.length));
    for (const { before, after } of some) {
      if (before) writer.add(before, -1);
      if (after) writer.add(after, 1);
    }
    batches.push(writer.batch());
  }
  return batches;
}
