/** How long a page may be drawn for a ticket, milliseconds. */
const LIFE_MS = 60_000;
const MOST = 100;

/** Tickets for the server's own browser: each lets one snapshot be seen for a minute, and nothing else. */
export class Tickets {
  readonly #clock: () => number;
  readonly #held = new Map<string, { readonly snapshot: string; readonly until: number }>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** @param ticket random and long: who does not know it cannot guess it */
  issue(snapshot: string, ticket: string): void {
    const now = this.#clock();
    for (const [key, { until }] of this.#held) {
      if (until <= now || this.#held.size >= MOST) this.#held.delete(key);
    }
    this.#held.set(ticket, { snapshot, until: now + LIFE_MS });
  }

  isGood(snapshot: string, ticket: string): boolean {
    const held = this.#held.get(ticket);
    return held?.snapshot === snapshot && held.until > this.#clock();
  }

  end(ticket: string): void {
    this.#held.delete(ticket);
  }
}
