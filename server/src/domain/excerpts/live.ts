import { EXCERPT_LIMITS, type Audience, type Excerpt } from '@fanfare/contract';
import type { Recorded } from '../engagement.ts';
import { keptUntil } from '../retention.ts';
import { PURPOSE_BITS, PURPOSE_OF, type Coverage, type KeptExcerpt } from './excerpt.ts';
import { LatestExcerpts } from './latest.ts';

/** Words of fans as the live feed sees them. */
export interface ShownExcerpts {
  /** The latest this audience may read, newest first; the same list until something changes. */
  shown<A extends Audience>(audience: A): readonly Excerpt<A>[];
}

const AUDIENCES = Object.keys(PURPOSE_OF) as readonly Audience[];

/**
 * The latest excerpts of a brand for each audience, in memory. They hold exactly what the ledger
 * holds and consent covers now; `short` tells when a gap has to be filled from the ledger.
 */
export class LiveExcerpts implements ShownExcerpts {
  readonly most: number;
  readonly #lists: { readonly [A in Audience]: LatestExcerpts<A> };

  /** @param most excerpts held for each audience */
  constructor(most: number = EXCERPT_LIMITS.shown) {
    this.most = most;
    this.#lists = { team: new LatestExcerpts('quote', most), public: new LatestExcerpts('wall', most) };
  }

  shown<A extends Audience>(audience: A): readonly Excerpt<A>[] {
    return this.#lists[audience].shown;
  }

  /** Put in what a commit changed. @param kept the excerpts kept with it */
  record(recorded: readonly Recorded[], kept: readonly KeptExcerpt[]): void {
    const gone = new Set(recorded.flatMap(({ before }) => (before ? [before.key] : [])));
    for (const audience of AUDIENCES) {
      const list = this.#lists[audience];
      if (gone.size > 0) list.keep(({ key }) => !gone.has(key));
      list.put(kept.filter(({ purposes }) => (purposes & PURPOSE_BITS[PURPOSE_OF[audience]]) !== 0));
    }
  }

  /** Take out what consent does not cover at `now` (ms), and what was kept long enough. */
  review(covers: Coverage, now: number): this {
    for (const audience of AUDIENCES) {
      const bit = PURPOSE_BITS[PURPOSE_OF[audience]];
      this.#lists[audience].keep(
        ({ fan, at }) => keptUntil('excerpt', at) > now && (covers(fan, at, now) & bit) !== 0,
      );
    }
    return this;
  }

  /** Audiences whose list lacks older ones. */
  get short(): readonly Audience[] {
    return AUDIENCES.filter((audience) => this.#lists[audience].short);
  }

  /** Replace the list of an audience by what the ledger has for it. */
  fill(audience: Audience, excerpts: readonly KeptExcerpt[]): void {
    this.#lists[audience].fill(excerpts);
  }
}
