import type { Comparison, WindowName } from '@fanfare/contract';
import type { Against } from './view/desk-url.ts';

/** How often the compared period is read again: it slides with the window. */
const AGAIN_MS = 60_000;

/** The compared period on the screen; read again while the page is seen. */
export class LiveComparison {
  shown: Comparison | null;

  constructor(comparison: Comparison | null) {
    this.shown = $state.raw(comparison);
  }

  /** Show what the page load brought, and keep it current until the returned function is called. */
  follow(brand: string, window: WindowName, against: Against, loaded: Comparison | null): () => void {
    this.shown = loaded;
    if (against === 'none') return () => undefined;
    const stop = new AbortController();
    const path = `/api/v1/brands/${encodeURIComponent(brand)}/comparison?window=${window}&with=${against}`;
    const timer = setInterval(() => {
      if (!document.hidden) void this.#read(path, stop.signal);
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }

  async #read(path: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetch(path, { signal });
      if (answer.ok) this.shown = (await answer.json()) as Comparison;
    } catch {
      // Offline: the last one stays, and the badge already says so.
    }
  }
}
