import { LIVE_LIMITS } from '@fanfare/contract';

/** What the badge says about the numbers on the screen. */
export type Freshness =
  /** Served with the page; no live frame has been received yet. */
  | { readonly state: 'served'; readonly asOf: string }
  | { readonly state: 'live' }
  | { readonly state: 'late'; readonly seconds: number }
  | { readonly state: 'offline'; readonly asOf: string }
  | { readonly state: 'paused'; readonly asOf: string };

export interface Signs {
  /** Instant the numbers on the screen hold for, RFC 3339, by the server's clock. */
  readonly asOf: string;
  /** The server's clock now, milliseconds, as the `ServerClock` reckons it. */
  readonly serverNow: number;
  /** Has a live frame been received since the page came? */
  readonly heard: boolean;
  readonly connected: boolean;
  readonly paused: boolean;
}

const LIVE_MS = 2 * LIVE_LIMITS.heartbeatMs;
/** Past this age a connection that claims to be open counts as none. */
const OFFLINE_MS = 60_000;

/**
 * Live means that a frame arrived within two heartbeats, whatever the socket says about itself; a
 * connection known to be lost is told one heartbeat earlier, a quick return not at all.
 */
export function freshnessOf(signs: Signs): Freshness {
  if (signs.paused) return { state: 'paused', asOf: signs.asOf };
  const age = signs.serverNow - Date.parse(signs.asOf);
  const lost = signs.heard && !signs.connected && age > LIVE_MS / 2;
  if (lost) return { state: 'offline', asOf: signs.asOf };
  if (!signs.heard && age <= LIVE_MS) return { state: 'served', asOf: signs.asOf };
  if (signs.heard && age <= LIVE_MS) return { state: 'live' };
  if (!signs.connected || age > OFFLINE_MS) return { state: 'offline', asOf: signs.asOf };
  return { state: 'late', seconds: Math.floor(age / 1000) };
}

/**
 * The server's clock, reckoned from the instants in its frames and a steady local clock, so that a
 * wrong wall clock cannot fake an age. The frame that was least delayed sets it.
 */
export class ServerClock {
  #ahead = Number.NEGATIVE_INFINITY;

  /** A frame said `asOf` (RFC 3339) when the steady clock stood at `steady` milliseconds. */
  hear(asOf: string, steady: number): void {
    this.#ahead = Math.max(this.#ahead, Date.parse(asOf) - steady);
  }

  /** Forget: a new connection sets the clock anew, so that a step of the server's clock heals. */
  reset(): void {
    this.#ahead = Number.NEGATIVE_INFINITY;
  }

  /** Milliseconds since 1970 by the server's clock; NaN before the first frame. */
  at(steady: number): number {
    return Number.isFinite(this.#ahead) ? steady + this.#ahead : Number.NaN;
  }
}
