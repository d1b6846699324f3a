import { freshnessOf } from '../freshness.ts';

/** Past this age numbers are no longer shown, milliseconds. */
const OLD_MS = 30 * 60_000;

/** What a wall says of its numbers, always on the screen. */
export type Sign =
  /** There are none yet. */
  | { readonly stage: 'none' }
  | { readonly stage: 'live' }
  /** Came with the page; no frame was heard yet. */
  | { readonly stage: 'served'; readonly asOf: string }
  | { readonly stage: 'late' | 'offline' | 'old'; readonly asOf: string; readonly seconds: number };

export interface Heard {
  /** Server's instant of the last frame of the brand on the screen, RFC 3339. */
  readonly asOf: string;
  /** The server's clock now, milliseconds. */
  readonly serverNow: number;
  /** Was a frame heard since the page came? */
  readonly heard: boolean;
  readonly connected: boolean;
}

/** Both instants are the server's: a wrong clock of the television changes nothing. */
export function signOf({ asOf, serverNow, heard, connected }: Heard): Sign {
  const ageMs = serverNow - Date.parse(asOf);
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (ageMs >= OLD_MS) return { stage: 'old', asOf, seconds };
  const { state } = freshnessOf({ asOf, serverNow, heard, connected, paused: false });
  if (state === 'live') return { stage: 'live' };
  if (state === 'served') return { stage: 'served', asOf };
  return { stage: state === 'late' ? 'late' : 'offline', asOf, seconds };
}
