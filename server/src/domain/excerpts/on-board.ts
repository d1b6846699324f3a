import type { Audience, Board, Excerpt } from '@fanfare/contract';

/** A board with the words its own audience may read. */
export function withExcerpts<A extends Audience>(
  board: Board<A>,
  excerpts: readonly Excerpt<NoInfer<A>>[],
): Board<A> {
  return excerpts.length === 0 ? board : { ...board, excerpts };
}

/** The numbers of a board alone: what may be frozen, exported or counted from. */
export function withoutExcerpts<A extends Audience>({ excerpts: _words, ...numbers }: Board<A>): Board<A> {
  return numbers;
}
