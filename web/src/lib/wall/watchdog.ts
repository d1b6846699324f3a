/** Silence after which a new connection is tried, and the pages are loaded anew, milliseconds. */
const SOCKET_MS = 90_000;
const RELOAD_MS = 600_000;
/** Between two tries to load the pages anew: the server is asked first whether it answers. */
const RETRY_MS = 60_000;

/** What a wall knows of itself; instants in milliseconds of a clock that never jumps. */
export interface Watched {
  /** A frame was last heard; at first, when the page came. */
  readonly heardAt: number;
  /** The connection in use was begun. */
  readonly connectedAt: number;
  /** Loading the pages anew was last tried; `null` when it was not. */
  readonly triedAt: number | null;
}

/** What a wall does about silence: nothing, another connection, or all its pages anew. */
export function remedyFor(
  { heardAt, connectedAt, triedAt }: Watched,
  now: number,
): 'none' | 'socket' | 'reload' {
  const silent = now - heardAt;
  if (silent >= RELOAD_MS && (triedAt === null || now - triedAt >= RETRY_MS)) return 'reload';
  return silent >= SOCKET_MS && now - connectedAt >= SOCKET_MS ? 'socket' : 'none';
}
