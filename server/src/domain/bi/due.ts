import { ChangedFans, mayRepublish } from '../release/republish.ts';

/** Between two publications of one brand, ms: at least this, and as much longer as the last one took. */
const SPACING_MS = 1_000;
const PATIENCE = 20;

/**
 * What of a brand waits to be published, and whether it may be. All of it moves together, by the rule
 * of all public surfaces: when five distinct fans changed, or 15 minutes passed.
 */
export class DueReleases {
  readonly #changes = new ChangedFans();
  readonly #hours = new Set<number>();
  #everything: boolean;
  #consentsFrom: number | null = null;
  #last: number | null = null;
  #took = 0;

  /** @param everything is nothing known of what is released already? */
  constructor(everything: boolean) {
    this.#everything = everything;
  }

  /** Engagements of an hour (UTC, since 1970) changed. */
  touch(hour: number): void {
    this.#hours.add(hour);
  }

  /** A fan changed. */
  changed(fan: number): void {
    this.#changes.add(fan);
  }

  /** Somebody's consents changed, as of an instant, ms. */
  consented(at: number): void {
    this.#consentsFrom = Math.min(this.#consentsFrom ?? at, at);
  }

  /** Nothing is known any more. */
  forget(): void {
    this.#everything = true;
  }

  get isClean(): boolean {
    return !this.#everything && this.#hours.size === 0 && this.#consentsFrom === null;
  }

  /** May something be published now? @param k 1 switches the rules off */
  mayPublish(now: number, k: number): boolean {
    if (this.#last === null) return true;
    if (now - this.#last < Math.max(SPACING_MS, PATIENCE * this.#took)) return false;
    return (k <= 1 && !this.isClean) || mayRepublish(this.#last, now, this.#changes.count);
  }

  /** Take what waits: a publication begins. */
  take(now: number): {
    readonly everything: boolean;
    readonly hours: readonly number[];
    readonly consentsFrom: number | null;
  } {
    const taken = {
      everything: this.#everything,
      hours: [...this.#hours],
      consentsFrom: this.#consentsFrom,
    };
    this.#everything = false;
    this.#hours.clear();
    this.#consentsFrom = null;
    this.#changes.clear();
    this.#last = now;
    return taken;
  }

  /** A publication took so long, ms. */
  took(ms: number): void {
    this.#took = ms;
  }
}
