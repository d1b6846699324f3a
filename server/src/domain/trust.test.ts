import { describe, expect, it } from 'vitest';
import { releaseCounts } from './trust.ts';

const one = (granted: number, withdrawn: number, k = 10, shown?: number) =>
  releaseCounts(
    [{ purpose: 'measure', granted, withdrawn }],
    k,
    shown === undefined ? [] : [{ purpose: 'measure', granted: shown, withdrawn: null }],
  )[0];

describe('releaseCounts', () => {
  it('hides what is about fewer than fifty fans, and none is no secret', () => {
    expect(one(49, 0)).toEqual({ purpose: 'measure', granted: null, withdrawn: null });
    expect(one(0, 0)).toEqual({ purpose: 'measure', granted: 0, withdrawn: 0 });
    expect(one(1_204, 12)).toEqual({ purpose: 'measure', granted: 1_200, withdrawn: null });
  });
  it('hides a large number of withdrawals that would tell who stayed', () => {
    expect(one(120, 115)).toMatchObject({ granted: 120, withdrawn: null });
    expect(one(120, 60)).toMatchObject({ granted: 120, withdrawn: 60 });
  });
  it('stays as it was until it is a whole step off', () => {
    expect(one(1_209, 0, 10, 1_200)).toMatchObject({ granted: 1_200 });
    expect(one(1_210, 0, 10, 1_200)).toMatchObject({ granted: 1_210 });
  });
  it('is exact where suppression is off', () => {
    expect(one(3, 2, 1)).toEqual({ purpose: 'measure', granted: 3, withdrawn: 2 });
  });
});
