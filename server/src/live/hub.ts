import {
  LIVE_LIMITS,
  formatInstant,
  type Audience,
  type Board,
  type Heartbeat,
  type Watch,
  type WindowName,
} from '@fanfare/contract';
import { BrandFeed, type FeedParts } from './brand-feed.ts';
import { PublicFeed } from './public-feed.ts';
import type { Catchup, Packed } from './window-feed.ts';
import type { Readable } from '../parts.ts';

/**
 * A transport: one of them speaks raw WebSocket, one Socket.IO. Both get each frame once. A channel
 * is a brand as one audience sees it.
 */
export interface Transport {
  /** Send one frame to all who watch. */
  publish(channel: string, window: WindowName, packed: Packed): void;
  heartbeat(channel: string, window: WindowName, beat: Heartbeat): void;
  /** The brand is gone: its watchers are told. */
  drop(channel: string): void;
}

/** Name of what one audience follows of a brand. @param words false for the team's numbers without fans' words */
export function channelOf(brand: string, audience: Audience, words = true): string {
  if (audience !== 'team') return `${brand}/${audience}`;
  return words ? brand : `${brand}${NUMBERS}`;
}

const NUMBERS = '/numbers';

/**
 * The one live feed behind all transports: per brand a `BrandFeed`, a beat every 5 s, a slide at
 * every minute.
 */
export class Hub {
  readonly #feeds = new Map<string, BrandFeed>();
  /** By channel. */
  readonly #public = new Map<string, PublicFeed>();
  /** Watchers of the team's numbers without words, by channel. */
  readonly #wordless = new Map<string, number>();
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
    const send = (channel: string, window: WindowName, packed: Packed) => {
      for (const transport of this.#transports) transport.publish(channel, window, packed);
    };
    const toTeam = (team: string, window: WindowName, packed: Packed) => {
      send(team, window, packed);
      const numbers = channelOf(team, 'team', false);
      if (this.#wordless.has(numbers)) send(numbers, window, wordless(packed));
    };
    this.#feeds.set(source.slug, new BrandFeed(source, { ...this.#parts, send: toTeam }));
    const channel = channelOf(source.slug, 'public');
    const { clock, epoch, release } = this.#parts;
    const parts = { clock, epoch, release: { ...release, audience: 'public' as const } };
    const toPublic = (window: WindowName, packed: Packed) => send(channel, window, packed);
    this.#public.set(channel, new PublicFeed(source, { ...parts, send: toPublic }));
  }

  remove(brand: string): void {
    this.#feeds.get(brand)?.close();
    this.#feeds.delete(brand);
    const channel = channelOf(brand, 'public');
    this.#public.delete(channel);
    const channels = [channelOf(brand, 'team', false), brand, channel];
    for (const transport of this.#transports) for (const gone of channels) transport.drop(gone);
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

  /** The board as the team's feed would send it now; `null` for an unknown brand. */
  async board(brand: string, window: WindowName): Promise<Board<'team'> | null> {
    return (await this.#feeds.get(brand)?.board(window)) ?? null;
  }

  /** The board the public sees now; `null` for an unknown brand. */
  publicBoard(brand: string, window: WindowName): Board<'public'> | null {
    return this.#public.get(channelOf(brand, 'public'))?.board(window) ?? null;
  }

  has(brand: string): boolean {
    return this.#feeds.has(brand);
  }

  /** @param again the connection follows this board already and only wants to catch up */
  join(watch: Watch, again: boolean, channel: string): Catchup | null {
    const feed = this.#feedOf(channel);
    if (!feed) return null;
    const catchup = again ? feed.again(watch) : feed.join(watch);
    if (!channel.endsWith(NUMBERS)) return catchup;
    if (!again) this.#wordless.set(channel, (this.#wordless.get(channel) ?? 0) + 1);
    return { ...catchup, frames: catchup.frames.map(wordless) };
  }

  leave(channel: string, window: WindowName): void {
    this.#feedOf(channel)?.leave(window);
    const rest = (this.#wordless.get(channel) ?? 0) - 1;
    if (rest > 0) this.#wordless.set(channel, rest);
    else this.#wordless.delete(channel);
  }

  whole(channel: string, window: WindowName): Packed | null {
    const whole = this.#feedOf(channel)?.whole(window) ?? null;
    return whole && channel.endsWith(NUMBERS) ? wordless(whole) : whole;
  }

  #feedOf(channel: string): BrandFeed | PublicFeed | undefined {
    const team = channel.endsWith(NUMBERS) ? channel.slice(0, -NUMBERS.length) : channel;
    return this.#feeds.get(team) ?? this.#public.get(channel);
  }

  #beat(): void {
    const asOf = formatInstant(this.#parts.clock());
    for (const [channel, feed] of [...this.#feeds, ...this.#public]) {
      for (const [window, { brand, epoch, seq }] of feed.watched()) {
        const beat: Heartbeat = { type: 'heartbeat', brand, window, epoch, seq, asOf };
        const numbers = channelOf(channel, 'team', false);
        const channels = this.#wordless.has(numbers) ? [channel, numbers] : [channel];
        for (const transport of this.#transports)
          for (const one of channels) transport.heartbeat(one, window, beat);
      }
    }
  }

  #tick(): void {
    for (const feed of this.#feeds.values()) if (feed.active.length > 0) feed.tick();
    for (const feed of this.#public.values()) feed.tick();
  }
}

/** A frame without what fans said. */
function wordless(packed: Packed): Packed {
  const { excerpts, ...frame } = packed.frame;
  return excerpts === undefined ? packed : { frame, text: JSON.stringify(frame) };
}
