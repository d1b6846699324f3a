import type { Loyalty } from '@fanfare/contract';

/** How often the table is read again: the server keeps it for an hour. */
const AGAIN_MS = 3_600_000;

/** The table of loyalty on the screen; read again each hour while the page is seen. */
export class LiveLoyalty {
  shown: Loyalty | null;

  constructor(loyalty: Loyalty | null) {
    this.shown = $state.raw(loyalty);
  }

  /** Show what the page load brought, and keep it current until the returned function is called. */
  follow(brand: string, loaded: Loyalty | null): () => void {
    this.shown = loaded;
    const stop = new AbortController();
    const timer = setInterval(() => {
      if (!document.hidden) void this.#read(brand, stop.signal);
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }

  async #read(brand: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/brands/${encodeURIComponent(brand)}/loyalty`, { signal });
      if (answer.ok) this.shown = (await answer.json()) as Loyalty;
    } catch {
      // Offline: the last one stays, and the badge already says so.
    }
  }
}
