import { describe, expect, it } from 'vitest';
import { activeReach, potentialReach } from './reach.ts';
import { aWindow } from './windows/by-hand.fixture.ts';

const measureOf = (board: ReturnType<ReturnType<typeof aWindow>['board']>, id: string) =>
  board.measures.find((measure) => measure.definition === id);

describe('reach.active@1', () => {
  it('counts fan 1 once for three engagements and fan 2 once: 2; fan 3 came 6 minutes ago: 3 in an hour', () => {
    const { put, board, withdraw } = aWindow();
    for (const id of ['a', 'b', 'c']) put(id, { fan: 1 });
    put('d', { fan: 2, minutesAgo: 4 });
    put('e', { fan: 3, minutesAgo: 6 });
    expect(measureOf(board('5m'), 'reach.active@1')).toEqual(activeReach(2));
    expect(measureOf(board('1h'), 'reach.active@1')).toMatchObject({ value: 3, people: 3, kind: 'computed' });
    withdraw(1);
    expect(measureOf(board('1h'), 'reach.active@1')).toEqual(activeReach(2));
  });
});

describe('reach.potential@1', () => {
  it('adds the followers each amplifier had last: 150 (not 100) + 40 = 190', () => {
    const { put, board } = aWindow();
    put('a', { fan: 1, kind: 'share', followers: 100, minutesAgo: 4 });
    // A reaction amplifies nothing, but it is the last that tells fan 1's followers.
    put('b', { fan: 1, kind: 'reaction', followers: 150, minutesAgo: 1 });
    put('c', { fan: 2, kind: 'quote', followers: 40 });
    put('d', { fan: 2, kind: 'mention', followers: 40 });
    put('e', { fan: 3, kind: 'comment', followers: 9_000 });
    put('f', { fan: 4, kind: 'share' });
    expect(measureOf(board('5m'), 'reach.potential@1')).toEqual({
      definition: 'reach.potential@1',
      kind: 'estimated',
      value: 190,
      people: 3,
      parts: { amplifiers: 3, known: 2 },
      fewest: 2,
      largest: 150,
    });
  });

  it('breaks a tie of one instant by the event id: "b" comes after "a"', () => {
    const { put, board } = aWindow();
    put('b', { fan: 1, kind: 'share', followers: 7 });
    put('a', { fan: 1, kind: 'share', followers: 500 });
    expect(measureOf(board('5m'), 'reach.potential@1')?.value).toBe(7);
  });

  it('is 0 when nobody amplified, and unavailable when nobody’s followers are known', () => {
    expect(potentialReach(0, 0, 0)).toMatchObject({ value: 0, kind: 'estimated' });
    expect(potentialReach(0, 2, 0)).toMatchObject({ value: null, kind: 'unavailable', people: 2 });
  });
});
