import type { Board, ClientMessage } from '@fanfare/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ears } from '../link/transport.ts';
import { WallFeed } from './feed.ts';

const NOW = '2026-11-22T10:00:00.000Z';
const board = (brand: string, seq = 4): Board => ({
  ...{ type: 'board', brand, window: '24h', audience: 'public', epoch: 'e1', seq, asOf: NOW, k: 10 },
  ...{
    demonstration: false,
    measures: {},
    breakdowns: {},
    series: { from: NOW, step: 60 },
    top: { objects: [] },
  },
});
const beat = (brand: string, asOf: string) =>
  ({ type: 'heartbeat', brand, window: '24h', epoch: 'e1', seq: 4, asOf }) as const;
const answer = (brand: string) =>
  ({ type: 'watching', brand, window: '24h', epoch: 'e1', seq: 4, mode: 'board', frames: 1 }) as const;

/** A server made of memory, with two ways to it. */
function house(boards: readonly Board[] = []) {
  const asked: (readonly [way: string, message: ClientMessage])[] = [];
  const lines: Ears[] = [];
  let steady = 0;
  const way = (name: string) => (ears: Ears) => {
    lines.push(ears);
    return { send: (message: ClientMessage) => void asked.push([name, message]), close: () => ears.closed() };
  };
  const feed = new WallFeed(
    {
      ways: [way('one'), way('two')],
      steady: () => steady,
      chance: () => 0,
      moved: () => undefined,
      refused: () => undefined,
    },
    NOW,
    boards,
  );
  return { feed, asked, line: () => lines.at(-1)!, pass: (ms: number) => void (steady += ms) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('WallFeed', () => {
  it('asks for all of a board that came without words, and goes on from one it heard', () => {
    const { feed, asked, line } = house([board('a')]);
    feed.follow('a');
    line().opened();
    expect(asked).toEqual([['one', { type: 'watch', brand: 'a', window: '24h' }]]);
    line().watching(answer('a'));
    line().frame(board('a'));
    feed.connect();
    line().opened();
    expect(asked.at(-1)).toEqual(['two', { type: 'watch', brand: 'a', window: '24h', epoch: 'e1', seq: 4 }]);
  });

  it('follows another brand, even when that was wanted while it was asking', () => {
    const { feed, asked, line } = house();
    feed.follow('a');
    line().opened();
    feed.follow('b');
    line().watching(answer('a'));
    line().frame(board('a'));
    expect(asked.slice(1).map(([, message]) => [message.type, message.brand])).toEqual([
      ['unwatch', 'a'],
      ['watch', 'b'],
    ]);
    line().watching(answer('b'));
    line().frame(board('b'));
    expect(feed.board('b')?.board.brand).toBe('b');
  });

  it('takes its clock from the frames, and a beat says that numbers still hold', () => {
    const { feed, line, pass } = house();
    feed.follow('a');
    line().opened();
    line().watching(answer('a'));
    line().frame(board('a'));
    pass(5_000);
    line().frame(beat('a', '2026-11-22T10:00:05.000Z'));
    expect(feed.board('a')?.heardAt).toBe('2026-11-22T10:00:05.000Z');
    pass(180_000);
    expect(feed.now - Date.parse('2026-11-22T10:00:05Z')).toBe(180_000);
    expect(feed.heardAt).toBe(5_000);
  });

  it('forgets brands that are not shown, and restores those it knows nothing newer of', () => {
    const { feed } = house([board('a', 9)]);
    feed.restore(
      ['a', 'b', 'c'].map((brand) => ({ board: board(brand, 1), heardAt: NOW })),
      ['a', 'b'],
    );
    expect([feed.board('a')?.board.seq, feed.board('b')?.board.seq, feed.board('c')]).toEqual([
      9,
      1,
      undefined,
    ]);
    expect(feed.all.map(({ board: { brand } }) => brand)).toEqual(['a', 'b']);
  });
});
