import { KINDS, LABELS, NETWORKS, formatInstant, type Audience, type Excerpt } from '@fanfare/contract';
import type { KeptExcerpt } from './excerpt.ts';

/** Digits of the key that leave the server: enough to tell fifty from each other. */
const ID_DIGITS = 16;

/** The latest excerpts one audience may read, newest first: as many as are shown, and no more. */
export class LatestExcerpts<A extends Audience> {
  readonly #purpose: Excerpt<A>['purpose'];
  readonly #most: number;
  #list: readonly KeptExcerpt[] = [];
  #shown: readonly Excerpt<A>[] = [];
  /** Older ones may be kept in the ledger. */
  #more = false;

  constructor(purpose: Excerpt<A>['purpose'], most: number) {
    this.#purpose = purpose;
    this.#most = most;
  }

  /** As they leave the server; the same list until something changes. */
  get shown(): readonly Excerpt<A>[] {
    return this.#shown;
  }

  /** Some went and older ones may take their place: the list must be filled from the ledger. */
  get short(): boolean {
    return this.#more && this.#list.length < this.#most;
  }

  /** Put in what was just kept. */
  put(excerpts: readonly KeptExcerpt[]): void {
    if (excerpts.length === 0) return;
    const last = this.#list.at(-1);
    // Below the last of a list with more behind it nobody knows the next.
    const known = excerpts.filter((one) => !this.#more || (last && latestFirst(one, last) < 0));
    this.#more ||= known.length < excerpts.length || this.#list.length + known.length > this.#most;
    this.#set([...this.#list, ...known].sort(latestFirst).slice(0, this.#most));
  }

  /** Take out those that do not pass. */
  keep(passes: (excerpt: KeptExcerpt) => boolean): void {
    if (!this.#list.every(passes)) this.#set(this.#list.filter(passes));
  }

  /** Replace all by what the ledger has: the `most` latest, or all there are. */
  fill(excerpts: readonly KeptExcerpt[]): void {
    this.#more = excerpts.length >= this.#most;
    this.#set([...excerpts].sort(latestFirst));
  }

  #set(list: readonly KeptExcerpt[]): void {
    this.#list = list;
    this.#shown = list.map((excerpt) => show(excerpt, this.#purpose));
  }
}

function show<A extends Audience>(excerpt: KeptExcerpt, purpose: Excerpt<A>['purpose']): Excerpt<A> {
  return {
    id: excerpt.key.slice(0, ID_DIGITS),
    purpose,
    network: NETWORKS[excerpt.network]!,
    kind: KINDS[excerpt.kind]!,
    at: formatInstant(excerpt.at),
    label: LABELS[excerpt.label]!,
    text: excerpt.text,
  };
}

function latestFirst(a: KeptExcerpt, b: KeptExcerpt): number {
  return b.at - a.at || (a.key < b.key ? 1 : -1);
}
