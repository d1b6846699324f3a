import {
  LIVE_LIMITS,
  formatInstant,
  parseClientMessage,
  type Audience,
  type CloseCode,
  type Heartbeat,
  type LiveError,
  type Watch,
  type WindowName,
} from '@fanfare/contract';
import type { Clock } from '../parts.ts';
import { channelOf, type Hub } from './hub.ts';
import type { Catchup } from './window-feed.ts';

/** Who is at the other end of a connection, asked again at every watch. */
export interface Viewer {
  /** Which boards they are shown: it follows from who they are, never from what they ask for. */
  readonly audience: Audience;
  /** Whether fans' words are among it; of the team's boards alone. */
  readonly words: boolean;
  /** Take one of the places for sockets; gives how to leave it, `null` when there is none. */
  enter(): (() => void) | null;
  /** May they read this brand now? `signed_out` when the session or token is no longer good. */
  mayRead(brand: string): 'yes' | 'no' | 'signed_out';
}

/** What a transport has to do for a message. */
export type Reaction =
  | {
      readonly do: 'follow';
      readonly channel: string;
      readonly window: WindowName;
      readonly catchup: Catchup;
    }
  | { readonly do: 'unfollow'; readonly channel: string; readonly window: WindowName }
  | { readonly do: 'tell'; readonly error: LiveError }
  | { readonly do: 'close'; readonly code: CloseCode };

/** One connection, whatever the transport: its watches, its rate, its rights. */
export class Session {
  readonly #hub: Hub;
  readonly #viewer: Viewer;
  readonly #clock: Clock;
  readonly #watches = new Set<string>();
  /** When the minute began that is being counted, milliseconds. */
  #since = 0;
  #messages = 0;
  #leave: (() => void) | null = null;

  constructor(hub: Hub, viewer: Viewer, clock: Clock) {
    this.#hub = hub;
    this.#viewer = viewer;
    this.#clock = clock;
  }

  /** Take a place; false when there are too many connections of theirs. */
  begin(): boolean {
    this.#leave = this.#viewer.enter();
    return this.#leave !== null;
  }

  /** Count one inbound message, of whatever kind; true when it is one too many for this minute. */
  tooMany(): boolean {
    const now = this.#clock();
    if (now - this.#since >= 60_000 || now < this.#since) {
      this.#since = now;
      this.#messages = 0;
    }
    return ++this.#messages > LIVE_LIMITS.messagesPerMinute;
  }

  /** Decide about one inbound message, already parsed from JSON. Total: never throws. */
  receive(value: unknown): Reaction {
    const message = parseClientMessage(value);
    if ('error' in message) return tell('bad_message', message.error);
    const { brand, window } = message;
    if (message.type === 'unwatch') {
      const channel = this.#channelOf(brand);
      if (this.#watches.delete(`${window} ${brand}`)) this.#hub.leave(channel, window);
      return { do: 'unfollow', channel, window };
    }
    const right = this.#viewer.mayRead(brand);
    if (right === 'signed_out') return { do: 'close', code: 4401 };
    if (right === 'no')
      return tell('unknown_brand', 'there is no such brand, or you may not see it', brand, window);
    return this.#watch(message);
  }

  /** Brands that the viewer may no longer read, and whether the whole session is over. */
  recheck(): { readonly over: boolean; readonly lost: readonly [string, WindowName][] } {
    // Whoever follows nothing is asked about no brand: their session ends all the same.
    if (this.#viewer.mayRead('') === 'signed_out') return { over: true, lost: [] };
    const lost: [string, WindowName][] = [];
    for (const key of this.#watches) {
      const [window, brand] = key.split(' ') as [WindowName, string];
      if (this.#viewer.mayRead(brand) !== 'yes') lost.push([brand, window]);
    }
    return { over: false, lost };
  }

  /** The connection is gone. */
  end(): void {
    this.#leave?.();
    for (const key of this.#watches) {
      const [window, brand] = key.split(' ') as [WindowName, string];
      this.#hub.leave(this.#channelOf(brand), window);
    }
    this.#watches.clear();
  }

  #channelOf(brand: string): string {
    const { audience, words } = this.#viewer;
    return channelOf(brand, audience, words);
  }

  #watch(watch: Watch): Reaction {
    const { brand, window } = watch;
    const key = `${window} ${brand}`;
    const again = this.#watches.has(key);
    if (!again && this.#watches.size >= LIVE_LIMITS.watchesPerConnection) {
      return tell(
        'too_many_watches',
        `at most ${LIVE_LIMITS.watchesPerConnection} boards a connection`,
        brand,
        window,
      );
    }
    const catchup = this.#hub.join(watch, again, this.#channelOf(brand));
    if (!catchup)
      return tell('unknown_brand', 'there is no such brand, or you may not see it', brand, window);
    this.#watches.add(key);
    return { do: 'follow', channel: this.#channelOf(brand), window, catchup };
  }
}

function tell(code: string, detail: string, brand?: string, window?: WindowName): Reaction {
  return {
    do: 'tell',
    error: { type: 'error', code, detail, ...(brand && window ? { brand, window } : {}) },
  };
}

/** A client that missed nothing hears so at once: "live" means that a frame arrived. */
export function beatOf({ watching }: Catchup, now: number): Heartbeat {
  const { brand, window, epoch, seq } = watching;
  return { type: 'heartbeat', brand, window, epoch, seq, asOf: formatInstant(now) };
}

/** Name of the room of all who follow one board. */
export function roomOf(channel: string, window: WindowName): string {
  return `${window} ${channel}`;
}
