import {
  LIVE_LIMITS,
  type Audience,
  type Board,
  type Delta,
  type Watch,
  type Watching,
} from '@fanfare/contract';
import { diff } from '../domain/board-delta.ts';

/** A frame with its JSON, made once for all its watchers. */
export interface Packed {
  readonly frame: Board | Delta;
  readonly text: string;
}

interface Kept {
  readonly frame: Delta;
  readonly text: string;
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** It carried words, which are not held with it. */
  readonly words: boolean;
}

/** What a client is told and sent when it starts to watch. */
export interface Catchup {
  readonly watching: Watching;
  readonly frames: readonly Packed[];
}

/**
 * One brand and window that somebody watches: its board, and the frames of the last 2 minutes. Who
 * comes back gets the missed numbers frame by frame, and with the last one the words of now.
 */
export class WindowFeed<A extends Audience = Audience> {
  #board: Board<A>;
  #text: string | null = null;
  #kept: Kept[] = [];
  /** Connections that watch. */
  watchers = 0;
  /** Since when nobody watches, milliseconds; meaningless while somebody does. */
  idleSince: number;

  constructor(board: Board<A>, now: number) {
    this.#board = board;
    this.idleSince = now;
  }

  get board(): Board<A> {
    return this.#board;
  }

  /** Move to the next board; gives the one frame for all watchers. */
  publish(next: Board<A>, now: number): Packed {
    const frame = diff(this.#board, next);
    const packed = pack(frame);
    this.#board = next;
    this.#text = null;
    // Words are never held for later: they may have been taken back when somebody asks.
    const { excerpts, ...numbers } = frame;
    const held = excerpts ? pack(numbers) : packed;
    this.#kept.push({ ...held, seq: next.seq, at: now, words: excerpts !== undefined });
    const oldest = now - LIVE_LIMITS.backlogMs;
    let drop = Math.max(0, this.#kept.length - LIVE_LIMITS.backlogFrames);
    while (this.#kept[drop] && this.#kept[drop]!.at < oldest) drop++;
    if (drop > 0) this.#kept.splice(0, drop);
    return packed;
  }

  /** Continuity is lost: a new board, and nothing to resume from. */
  reset(board: Board<A>): Packed {
    this.#board = board;
    this.#text = null;
    this.#kept = [];
    return this.whole();
  }

  /** The whole board, serialised once per frame however many ask. */
  whole(): Packed {
    this.#text ??= JSON.stringify(this.#board);
    return { frame: this.#board, text: this.#text };
  }

  /** Bring a client up to date: the missed frames when all are still held, else the board. */
  catchUp({ brand, window, epoch, seq }: Watch): Catchup {
    const missed = epoch === this.#board.epoch && seq !== undefined ? this.#since(seq) : null;
    const frames = missed ?? [this.whole()];
    const mode = missed ? 'backlog' : 'board';
    const at = { epoch: this.#board.epoch, seq: this.#board.seq };
    return { watching: { type: 'watching', brand, window, ...at, mode, frames: frames.length }, frames };
  }

  #since(seq: number): readonly Packed[] | null {
    const behind = this.#board.seq - seq;
    if (behind < 0 || behind > this.#kept.length) return null;
    const missed = behind === 0 ? [] : this.#kept.slice(-behind);
    // More than a slow reader may have waiting: it would be cut off, come back and be cut off again.
    if (missed.reduce((sum, { text }) => sum + text.length, 0) > LIVE_LIMITS.slowBytes) return null;
    if (!missed.some(({ words }) => words)) return missed;
    const { excerpts = [] } = this.#board;
    const last = { ...missed.at(-1)!.frame, excerpts: { gone: [], added: excerpts, whole: true as const } };
    return [...missed.slice(0, -1), pack(last)];
  }
}

function pack(frame: Delta): { readonly frame: Delta; readonly text: string } {
  return { frame, text: JSON.stringify(frame) };
}
