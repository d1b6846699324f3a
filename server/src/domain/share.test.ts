import type { Board } from '@fanfare/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseShares, shareOfVoice } from './share.ts';
import { release } from './suppression.ts';
import { aWindow } from './windows/by-hand.fixture.ts';

/** The board of a brand with one engagement of each of `fans` fans, less one who withdraws. */
function boardOf(brand: string, fans: number, k: number, withdrawn = false): Board {
  const { put, withdraw, board } = aWindow();
  for (let fan = 1; fan <= fans; fan++) put(`e${fan}`, { fan });
  if (withdrawn) withdraw(1);
  const heading = { brand, epoch: 'e', seq: 1, demonstration: false };
  return release(board('1h'), heading, { audience: 'team', k });
}

describe('share.of.voice@1', () => {
  it('gives 30 of 40 engagements three quarters', () => {
    const [a, b] = shareOfVoice([
      { brand: 'a', engagements: 30, fans: 12 },
      { brand: 'b', engagements: 10, fans: 3 },
    ]);
    expect([a!.measure.value, b!.measure.value]).toEqual([0.75, 0.25]);
    expect(b!.measure.people).toBe(3);
  });

  it('is unavailable when nothing happened', () => {
    expect(shareOfVoice([{ brand: 'a', engagements: 0, fans: 0 }])[0]!.measure.value).toBeNull();
  });

  it('is read off the boards: 3 and 1 of 4, and 2 of 3 once one has withdrawn', () => {
    const shares = (withdrawn: boolean) =>
      Object.values(releaseShares('1h', [boardOf('a', 3, 1, withdrawn), boardOf('b', 1, 1)]).brands).map(
        ({ value }) => value,
      );
    expect(shares(false)).toEqual([0.75, 0.25]);
    expect(shares(true)).toEqual([0.666666667, 0.333333333]);
  });

  it('is hidden for all when one brand is about 1 to k − 1 fans: its share would follow from the others', () => {
    const { k, brands } = releaseShares('1h', [
      boardOf('a', 30, 10),
      boardOf('b', 9, 10),
      boardOf('c', 0, 10),
    ]);
    expect(k).toBe(10);
    for (const measure of Object.values(brands)) {
      expect(measure).toMatchObject({ value: null, n: null, suppressed: true });
      expect(measure.parts).toBeUndefined();
    }
    const shown = releaseShares('1h', [boardOf('a', 30, 10), boardOf('c', 0, 10)]).brands;
    expect(shown['a']).toMatchObject({ value: 1, n: 30, coverage: 1, parts: { engagements: 30, all: 30 } });
    expect(shown['c']).toMatchObject({ value: 0, n: 0, coverage: null });
  });

  it('adds up to 1, in proportion to the engagements', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 2, maxLength: 20 }), (counts) => {
        const voices = counts.map((engagements, i) => ({ brand: `b${i}`, engagements, fans: engagements }));
        const all = counts.reduce((a, b) => a + b, 0);
        shareOfVoice(voices).forEach(({ measure }, i) => {
          expect(measure.value).toBe(all === 0 ? null : counts[i]! / all);
        });
      }),
    );
  });
});
