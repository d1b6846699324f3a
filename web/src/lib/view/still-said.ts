import type { Board } from '@fanfare/contract';

/** The board of a screen that stands still, its excerpts as they are now: edited, or taken back. */
export function stillSaid(board: Board, now: Board): Board {
  if (!board.excerpts || board.excerpts === now.excerpts) return board;
  const said = new Map(now.excerpts?.map((excerpt) => [excerpt.id, excerpt]));
  const excerpts = board.excerpts.flatMap(({ id }) => said.get(id) ?? []);
  const same =
    excerpts.length === board.excerpts.length && excerpts.every((e, i) => e === board.excerpts![i]);
  return same ? board : { ...board, excerpts };
}
