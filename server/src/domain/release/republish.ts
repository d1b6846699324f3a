/** Distinct fans who must have changed before the public is shown something new. */
export const FEWEST_CHANGED = 5;
/** Milliseconds after which it is shown all the same. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * May the public be shown a new frame? Only when at least five distinct fans changed, so that a
 * change cannot be laid at one person's door, or when 15 minutes passed.
 * @param last when the last frame was shown, milliseconds; `null` for never
 */
export function mayRepublish(last: number | null, now: number, changedFans: number): boolean {
  return last === null || changedFans >= FEWEST_CHANGED || now - last >= LONGEST_WAIT_MS;
}

/** Distinct fans who changed since the last public frame; more than are asked for are not kept. */
export class ChangedFans {
  readonly #fans = new Set<number>();

  /** @param fan number of a fan of the brand */
  add(fan: number): void {
    if (this.#fans.size < FEWEST_CHANGED) this.#fans.add(fan);
  }

  /** Distinct fans, at most FEWEST_CHANGED. */
  get count(): number {
    return this.#fans.size;
  }

  /** A public frame was shown. */
  clear(): void {
    this.#fans.clear();
  }
}
