import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crowds, wordlessCrowds } from '@fanfare/server/domain/explore/crowd.fixture.ts';
import { askAll, attack } from './explore-attacker.ts';

/** Each run asks some 250 questions. Always the same crowds: `pnpm drill explore-attack` looks for new ones. */
const RUNS = { numRuns: 40, seed: 120_903_938, endOnFailure: true };

describe('an attacker who asks everything with up to three filters', () => {
  it.each([
    [160, 40, 'as they come', crowds],
    [400, 120, 'as they come', crowds],
    [160, 40, 'whose reactions have no language', wordlessCrowds],
    [400, 120, 'whose reactions have no language', wordlessCrowds],
  ])(
    'is told nothing about 1 to k − 1 people in %i acts of %i fans %s, by putting all together',
    (most, fans, _how, some) => {
      fc.assert(
        fc.property(some(most, fans), (list) => {
          expect(attack(list)).toEqual([]);
        }),
        RUNS,
      );
    },
  );

  it('is told something all the same', () => {
    const [list] = fc.sample(
      crowds(160, 40).filter((some) => some.length > 120),
      { numRuns: 1, seed: 11 },
    );
    const told = [...askAll(list!).known.values()].filter(({ engagements }) => engagements !== null);
    expect(told.length).toBeGreaterThan(20);
  });
});
