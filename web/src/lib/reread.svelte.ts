/** What a page load brought, read again now and then while the page is seen. */
export class Reread<T> {
  shown: T;

  constructor(first: T) {
    this.shown = $state.raw(first);
  }

  /**
   * Show what the page load brought, and read it again until the returned function is called.
   * @param path below the API; `null`: it is not read again @param every milliseconds
   */
  follow(path: string | null, loaded: T, every: number): () => void {
    this.shown = loaded;
    if (path === null) return () => undefined;
    const stop = new AbortController();
    const timer = setInterval(() => {
      if (!document.hidden) void this.read(path, stop.signal);
    }, every);
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }

  /** Read it now. */
  async read(path: string, signal: AbortSignal): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/${path}`, { signal });
      if (answer.ok) this.shown = (await answer.json()) as T;
    } catch {
      // Offline: the last one stays, and the badge already says so.
    }
  }
}
