import { LIVE_LIMITS, type Board, type Heartbeat, type Watch, type WindowName } from '@fanfare/contract';
import { formatInstant } from '@fanfare/contract';
import { BrandFeed, type FeedParts } from './brand-feed.ts';
import type { Catchup, Packed } from './window-feed.ts';
import type { Readable } from '../parts.ts';

/** A transport: one of them speaks raw WebSocket, one Socket.IO. Both get each frame once. */
export interface Transport {
  /** Send one frame to all who watch. */
  publish(brand: string, window: WindowName, packed: Packed): void;
  heartbeat(brand: string, window: WindowName, beat: Heartbeat): void;
  /** The brand is gone: its watchers are told. */
  drop(brand: string): void;
}

/**
 * The one live feed behind all transports: per brand a `BrandFeed`, a beat every 5 s, a slide at
 * every minute.
 */
export class Hub {
  readonly #feeds = new Map<string, BrandFeed>();
  readonly #transports: Transport[] = [];
  readonly #parts: Omit<FeedParts, 'send'>;
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(parts: Omit<FeedParts, 'send'>) {
    this.#parts = parts;
  }

  /** Start beating; before that frames are published but time does not move by itself. */
  start(): void {
    this.#timers.push(
      setInterval(() => this.#beat(), LIVE_LIMITS.heartbeatMs),
      setInterval(() => this.#tick(), 1_000),
    );
    for (const timer of this.#timers) timer.unref();
  }

  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const feed of this.#feeds.values()) feed.close();
  }

  attach(transport: Transport): void {
    this.#transports.push(transport);
  }

  /** A brand can be watched from now on. */
  add(source: Readable): void {
    const send = (brand: string, window: WindowName, packed: Packed) => {
      for (const transport of this.#transports) transport.publish(brand, window, packed);
    };
    this.#feeds.set(source.slug, new BrandFeed(source, { ...this.#parts, send }));
  }

  remove(brand: string): void {
    this.#feeds.get(brand)?.close();
    this.#feeds.delete(brand);
    for (const transport of this.#transports) transport.drop(brand);
  }

  touch(brand: string): void {
    this.#feeds.get(brand)?.touch();
  }

  reset(brand: string): void {
    this.#feeds.get(brand)?.reset();
  }

  /** Number of the frame that carries what was just committed. */
  nextSeq(brand: string): number {
    return this.#feeds.get(brand)?.nextSeq ?? 0;
  }

  /** The board as the feed would send it now; `null` for an unknown brand. */
  async board(brand: string, window: WindowName): Promise<Board | null> {
    return (await this.#feeds.get(brand)?.board(window)) ?? null;
  }

  has(brand: string): boolean {
    return this.#feeds.has(brand);
  }

  /** @param again the connection follows this board already and only wants to catch up */
  join(watch: Watch, again: boolean): Catchup | null {
    const feed = this.#feeds.get(watch.brand);
    if (!feed) return null;
    return again ? feed.again(watch) : feed.join(watch);
  }

  leave(brand: string, window: WindowName): void {
    this.#feeds.get(brand)?.leave(window);
  }

  whole(brand: string, window: WindowName): Packed | null {
    return this.#feeds.get(brand)?.whole(window) ?? null;
  }

  #beat(): void {
    const asOf = formatInstant(this.#parts.clock());
    for (const [brand, feed] of this.#feeds) {
      for (const [window, { epoch, seq }] of feed.watched()) {
        const beat: Heartbeat = { type: 'heartbeat', brand, window, epoch, seq, asOf };
        for (const transport of this.#transports) transport.heartbeat(brand, window, beat);
      }
    }
  }

  #tick(): void {
    for (const feed of this.#feeds.values()) if (feed.active.length > 0) feed.tick();
  }
}
