import { WINDOWS } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { decay, fanInfluence, influenceHistogram, influenceOf, totalInfluence } from './influence.ts';
import { release } from './suppression.ts';
import { NOON, aWindow } from './windows/by-hand.fixture.ts';

const WEEK = WINDOWS.indexOf('7d');
const HALF_WEEK = 84 * 60;

/** Fans 10 and 20 own objects; by hand at NOON, over 7 days of hour buckets. */
function example() {
  const made = aWindow();
  const { put } = made;
  // One credit (fan 1, o, reaction), dated at the earlier of the two: 1 × 2^(−1 h / 168 h) = 0.9959.
  put('a', { fan: 1, owner: 10, object: 'o' });
  put('b', { fan: 1, owner: 10, object: 'o', minutesAgo: 60 });
  // A comment by the same fan is another kind: 2 × 2^(−84 h / 168 h) = 2 × 0.7071 = 1.4142.
  put('c', { fan: 1, owner: 10, object: 'o', kind: 'comment', minutesAgo: HALF_WEEK });
  // A share by fan 2 now: 3 × 1 = 3. Towards fan 20: a mention half a week ago, 3 × 0.7071 = 2.1213.
  put('d', { fan: 2, owner: 10, object: 'o', kind: 'share' });
  put('e', { fan: 2, owner: 20, object: 'p', kind: 'mention', minutesAgo: HALF_WEEK });
  // No credit: one's own object, no object, no owner, a kind without weight, before the window.
  put('f', { fan: 10, owner: 10, object: 'o' });
  put('g', { fan: 3, owner: 10 });
  put('h', { fan: 3, object: 'o' });
  put('i', { fan: 3, owner: 10, object: 'o', kind: 'purchase' });
  put('j', { fan: 4, owner: 20, object: 'p', minutesAgo: 168 * 60 });
  return made;
}

const round = (value: number) => Math.round(value * 1e4) / 1e4;

describe('decay', () => {
  it('halves in 7 days', () => {
    expect([0, 7, 14].map((days) => decay(days * 86_400_000))).toEqual([1, 0.5, 0.25]);
  });
});

describe('influence.total@1', () => {
  it('is 0.9959 + 1.4142 + 3 + 2.1213 = 7.5314 for the example', () => {
    const { counts } = example();
    const total = totalInfluence(counts.credits, WEEK, counts.minute, NOON);
    expect({ ...total, value: round(total.value!) }).toEqual({
      definition: 'influence.total@1',
      kind: 'computed',
      value: 7.5314,
      people: 2,
      parts: { reaction: 1, comment: 1, share: 2 },
    });
  });

  it('moves a credit to its next engagement when the earliest is removed: 0.9959 becomes 1', () => {
    const { counts, put } = example();
    put('b', null);
    const { value, parts } = totalInfluence(counts.credits, WEEK, counts.minute, NOON);
    expect([round(value!), parts]).toEqual([7.5355, { reaction: 1, comment: 1, share: 2 }]);
  });

  it('forgets an actor and an owner who withdraw, exactly', () => {
    const actor = example();
    actor.withdraw(2);
    // Left: 0.9959 + 1.4142 towards fan 10 alone.
    const left = totalInfluence(actor.counts.credits, WEEK, actor.counts.minute, NOON);
    expect([round(left.value!), left.people]).toEqual([2.4101, 1]);
    const owner = example();
    owner.withdraw(10);
    const rest = totalInfluence(owner.counts.credits, WEEK, owner.counts.minute, NOON);
    expect([round(rest.value!), rest.people]).toEqual([2.1213, 1]);
  });
});

describe('influence@1', () => {
  it('ranks fan 10 with 5.4101 before fan 20 with 2.1213', () => {
    const { counts } = example();
    const ranked = fanInfluence(counts.credits, WEEK, counts.minute, NOON);
    expect(ranked.map((row) => ({ ...row, score: round(row.score) }))).toEqual([
      { fan: 10, rank: 1, reaction: 1, comment: 1, share: 1, score: 5.4101 },
      { fan: 20, rank: 2, reaction: 0, comment: 0, share: 1, score: 2.1213 },
    ]);
  });

  it('gives equal scores one rank: 1, 1, 3', () => {
    const { counts, put } = aWindow();
    put('a', { fan: 1, owner: 30, object: 'o' });
    put('b', { fan: 2, owner: 20, object: 'p', kind: 'share' });
    put('c', { fan: 3, owner: 10, object: 'q', kind: 'share' });
    const ranked = fanInfluence(counts.credits, WEEK, counts.minute, NOON);
    expect(ranked.map(({ fan, rank }) => [fan, rank])).toEqual([
      [10, 1],
      [20, 1],
      [30, 3],
    ]);
  });

  it('is a histogram by raw weight: 1 + 2 + 3 = 6 falls to "4", and 3 to "2"', () => {
    const { counts } = example();
    const cells = influenceHistogram(counts.credits, WEEK);
    expect(cells.map(({ key, people }) => [key, people])).toEqual([
      ['2', 1],
      ['4', 1],
    ]);
  });

  it('leaves the server as histogram and totals, hidden below k fans', () => {
    const heading = { brand: 'maison', epoch: 'e', seq: 1, demonstration: false };
    const { board } = example();
    const open = influenceOf(release(board('7d'), heading, { audience: 'team', k: 1 }));
    expect(Object.keys(open.measures)).toEqual(['influence.total@1', 'influence.h@1']);
    expect(open.measures['influence.total@1']).toMatchObject({ n: 2, value: 7.53141653 });
    // Fan 10 alone has 5.4101 of 7.5314: the sum is hidden although two fans are enough.
    const shown = influenceOf(release(board('7d'), heading, { audience: 'team', k: 2 }));
    expect(shown.measures['influence.total@1']).toMatchObject({ value: null, suppressed: true });
    // Two bins of two fans: their names alone would say one each.
    expect(shown.histogram).toEqual({});
    const hidden = influenceOf(release(board('7d'), heading, { audience: 'team', k: 3 }));
    expect(hidden.measures['influence.total@1']).toMatchObject({ value: null, suppressed: true });
    expect(JSON.stringify(hidden)).not.toMatch(/7\.53|"reaction"/);
  });
});
