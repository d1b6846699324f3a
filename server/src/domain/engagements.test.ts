import { describe, expect, it } from 'vitest';
import { engagements, reactions } from './engagements.ts';
import { aWindow } from './windows/by-hand.fixture.ts';

describe('engagements@1', () => {
  it('counts what is present: 4 added, 1 removed, 1 edited, 1 too old for the window = 2', () => {
    const { put, cells } = aWindow();
    put('a', { fan: 1, minutesAgo: 1 });
    put('b', { fan: 1, minutesAgo: 4 });
    put('c', { fan: 2, minutesAgo: 0 });
    put('d', { fan: 3, minutesAgo: 5 });
    put('b', { fan: 1, minutesAgo: 2 });
    put('c', null);
    const { count, fans } = cells('5m');
    expect(engagements(count, fans)).toEqual({
      definition: 'engagements@1',
      kind: 'measured',
      value: 2,
      people: 1,
    });
    expect(cells('1h')).toEqual({ count: 3, fans: 2 });
  });
});

describe('reactions@1', () => {
  it('is a count of one kind of reaction, and no sentiment: 2 "love" by 1 fan', () => {
    const { put, board } = aWindow();
    put('a', { fan: 1, reaction: 'love' });
    put('b', { fan: 1, reaction: 'love' });
    put('c', { fan: 2, reaction: 'wow' });
    const [love, wow] = board('5m').breakdowns['reaction']!;
    expect(love).toEqual({ key: 'love', people: 1, measures: [reactions(2, 1)] });
    expect(wow).toEqual({ key: 'wow', people: 1, measures: [reactions(1, 1)] });
    expect(love!.measures[0]).toMatchObject({ definition: 'reactions@1', kind: 'measured', value: 2 });
  });
});
