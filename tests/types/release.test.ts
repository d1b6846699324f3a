import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Board, Excerpt } from '@fanfare/contract';
import { withExcerpts } from '@fanfare/server/domain/excerpts/on-board.ts';
import type { RawBoard } from '@fanfare/server/domain/raw.ts';
import { release } from '@fanfare/server/domain/suppression.ts';

/** What every door to the public looks like. */
const toThePublic = (board: Board<'public'>): Board<'public'> => board;
const heading = { brand: 'b', epoch: 'e', seq: 1, demonstration: false };

/** Never run: it only has to compile, line by line, or not to. */
export function doors(raw: RawBoard, any: Board): void {
  const team = release(raw, heading, { audience: 'team', k: 10 });
  const open = release(raw, heading, { audience: 'public', k: 10 });
  toThePublic(open);
  // @ts-expect-error a raw board has not been released
  toThePublic(raw);
  // @ts-expect-error a board released for the team is too exact for the public
  toThePublic(team);
  // @ts-expect-error of a board whose audience nobody knows the same must be feared
  toThePublic(any);
  // @ts-expect-error what the public was shown is no ground for what the team is shown
  release(raw, heading, { audience: 'team', k: 10 }, open);
}

/** The same for words: what a fan lets the team read is not for a wall. */
export function words(open: Board<'public'>, quoted: Excerpt<'team'>[], walled: Excerpt<'public'>[]): void {
  withExcerpts(open, walled);
  // @ts-expect-error words under `quote` are for the team alone
  withExcerpts(open, quoted);
  // @ts-expect-error the same by hand
  toThePublic({ ...open, excerpts: quoted });
}

describe('the audience of a board', () => {
  it('is part of its type', () => {
    expectTypeOf<Board<'team'>>().not.toExtend<Board<'public'>>();
    expectTypeOf<Board<'public'>>().toExtend<Board>();
    expectTypeOf<RawBoard>().not.toExtend<Board<'public'>>();
    expect(doors).toBeTypeOf('function');
    expect(words).toBeTypeOf('function');
  });
});
