import { createHash } from 'node:crypto';
import { fold, follows, type Board, type ServerMessage } from '@fanfare/contract';

/** Folds what one client hears into a board, and counts what may never happen. */
export class Follower {
  board: Board | null = null;
  boards = 0;
  deltas = 0;
  /** Deltas that did not continue the board. */
  gaps = 0;
  /** Deltas with a number the board had already. */
  repeats = 0;

  take(message: ServerMessage): void {
    if (message.type === 'board') {
      this.boards++;
      this.board = message;
    } else if (message.type === 'delta') {
      this.deltas++;
      if (this.board === null) this.gaps++;
      else if (follows(this.board, message)) this.board = fold(this.board, message);
      else if (message.epoch === this.board.epoch && message.seq <= this.board.seq) this.repeats++;
      else this.gaps++;
    }
  }

  /** Where to go on after a drop. */
  get place(): { epoch?: string; seq?: number } {
    return this.board === null ? {} : { epoch: this.board.epoch, seq: this.board.seq };
  }
}

/** SHA-256 of a board as JSON with sorted keys, in hex. */
export function hashOf(board: Board): string {
  return createHash('sha256').update(canonical(board)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}
