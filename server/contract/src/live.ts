import type { Board } from './board.ts';
import type { Delta, Heartbeat } from './delta.ts';
import { isWindow, type WindowName } from './window.ts';

/** Everything that can arrive as a frame. */
export type Frame = Board | Delta | Heartbeat;

/** Ask to follow one board; with `epoch` and `seq`, to go on after that frame. */
export interface Watch {
  readonly type: 'watch';
  readonly brand: string;
  readonly window: WindowName;
  readonly epoch?: string;
  readonly seq?: number;
}

export interface Unwatch {
  readonly type: 'unwatch';
  readonly brand: string;
  readonly window: WindowName;
}

export type ClientMessage = Watch | Unwatch;

/** Answer to `watch`, before anything else: how the client is brought up to date. */
export interface Watching {
  readonly type: 'watching';
  readonly brand: string;
  readonly window: WindowName;
  readonly epoch: string;
  /** Frame the server stands at. */
  readonly seq: number;
  /** `backlog`: the missed frames follow (maybe none). `board`: one whole board follows. */
  readonly mode: 'backlog' | 'board';
  /** Number of frames that follow at once. */
  readonly frames: number;
}

/** A request that could not be followed; the connection stays. */
export interface LiveError {
  readonly type: 'error';
  readonly code: string;
  readonly detail: string;
  readonly brand?: string;
  readonly window?: WindowName;
}

/** The last message before the server closes. */
export interface Bye {
  readonly type: 'bye';
  readonly code: number;
  readonly reason: string;
}

export type ServerMessage = Frame | Watching | LiveError | Bye;

/** Limits of a connection, part of the contract. */
export const LIVE_LIMITS = {
  /** Largest inbound message, bytes. */
  messageBytes: 16_384,
  messagesPerMinute: 100,
  watchesPerConnection: 50,
  heartbeatMs: 5_000,
  /** Frames kept for a client that comes back. */
  backlogFrames: 500,
  backlogMs: 120_000,
  /** Frames per second and board, at most. */
  framesPerSecond: 10,
  /** Over this many bytes waiting, only the latest board is sent. */
  slowBytes: 1_048_576,
  /** Over this many bytes waiting, or silent for `silentMs`, the connection is closed. */
  stuckBytes: 2_097_152,
  silentMs: 30_000,
} as const;

/** The close codes of both transports (Socket.IO: in the `bye` event). */
export const CLOSE_CODES = {
  4400: 'bad_message',
  4401: 'signed_out',
  4403: 'forbidden',
  4404: 'brand_gone',
  4408: 'too_slow',
  4429: 'too_many',
  4500: 'internal',
  4503: 'shutting_down',
} as const;
export type CloseCode = keyof typeof CLOSE_CODES;

/** Check one inbound message. Total: any value gives a message or a reason, never an exception. */
export function parseClientMessage(value: unknown): ClientMessage | { readonly error: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { error: 'a message is an object' };
  }
  const { type, brand, window, epoch, seq } = value as Record<string, unknown>;
  if (type !== 'watch' && type !== 'unwatch') return { error: 'type is "watch" or "unwatch"' };
  if (typeof brand !== 'string' || brand.length < 1 || brand.length > 64) {
    return { error: 'brand is the slug of a brand' };
  }
  if (!isWindow(window)) return { error: 'window is one of 5m, 1h, 24h, 7d, 30d' };
  if (type === 'unwatch') return { type, brand, window };
  if (epoch === undefined || seq === undefined) return { type, brand, window };
  if (typeof epoch !== 'string' || epoch.length > 64) return { error: 'epoch is a short string' };
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) {
    return { error: 'seq is a whole number' };
  }
  return { type, brand, window, epoch, seq };
}
