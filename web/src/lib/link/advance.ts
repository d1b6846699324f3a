import { fold, follows, type Board, type Frame } from '@fanfare/contract';

/** What a frame means for the board at hand. */
export type Advance =
  | { readonly kind: 'board'; readonly board: Board }
  /** Nothing changed, but the server stands at this instant. */
  | { readonly kind: 'beat'; readonly asOf: string }
  /** Frames are missing: ask again. */
  | { readonly kind: 'gap' }
  /** Of another board, or known already. */
  | { readonly kind: 'ignore' };

/** Apply one frame of the feed to a board, without ever folding over a gap. */
export function advance(board: Board, frame: Frame): Advance {
  if (frame.brand !== board.brand || frame.window !== board.window) return { kind: 'ignore' };
  if (frame.type === 'board') return { kind: 'board', board: fold(board, frame) };
  const known = frame.epoch === board.epoch && frame.seq <= board.seq;
  if (frame.type === 'heartbeat') return known ? { kind: 'beat', asOf: frame.asOf } : { kind: 'gap' };
  if (known) return { kind: 'ignore' };
  return follows(board, frame) ? { kind: 'board', board: fold(board, frame) } : { kind: 'gap' };
}
