import type { ConnectorId } from '@fanfare/contract';
import type { Source, SourceBook } from '../../domain/sources/source.ts';
import type { BrandRef } from '../../parts.ts';
import type { Listener } from './listener.ts';

/** Makes what listens for a source; `null` for one that only sends to us. */
export type Listen = (source: Source) => Listener | null;

interface Held {
  readonly listener: Listener;
  readonly brand: BrandRef;
  /** Settings it was made for. */
  readonly made: string;
}

/** One listener for each source of a network that is listened to, as the sources come, change and go. */
export class Listeners {
  readonly #book: SourceBook;
  readonly #listens: Partial<Record<ConnectorId, Listen>>;
  readonly #held = new Map<string, Held>();
  #stopping = false;

  constructor(book: SourceBook, listens: Partial<Record<ConnectorId, Listen>>) {
    this.#book = book;
    this.#listens = listens;
  }

  /** Bring the listeners in line with the sources. */
  async look(): Promise<void> {
    if (this.#isEnding()) return;
    const wanted = new Map(this.#book.all().map((source) => [source.address, source]));
    const going = [...this.#held].filter(([address, { made }]) => {
      const source = wanted.get(address);
      return !source || settingsOf(source) !== made;
    });
    for (const [address] of going) this.#held.delete(address);
    await Promise.all(going.map(([, { listener }]) => listener.stop()));
    for (const [address, source] of wanted) {
      if (this.#isEnding() || this.#held.has(address)) continue;
      const listener = this.#listens[source.connector]?.(source) ?? null;
      if (listener) this.#held.set(address, { listener, brand: source.brand, made: settingsOf(source) });
    }
  }

  /** The consents of a brand changed. */
  changed(brand: BrandRef): void {
    for (const held of this.#held.values())
      if (held.brand.id === brand.id && held.brand.organisation === brand.organisation)
        held.listener.refresh();
  }

  /** How it hears its network; `null` for a source nobody listens for. */
  stateOf({ address }: Source): Listener['state'] | null {
    return this.#held.get(address)?.listener.state ?? null;
  }

  #isEnding(): boolean {
    return this.#stopping;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#held.values()].map(({ listener }) => listener.stop()));
    this.#held.clear();
  }
}

/** Settings that a listener is made anew for. */
function settingsOf({ account, secrets }: Source): string {
  return JSON.stringify([account, secrets.token]);
}
