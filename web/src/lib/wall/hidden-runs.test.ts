import { describe, expect, it } from 'vitest';
import { hiddenRuns } from './hidden-runs.ts';

describe('hiddenRuns', () => {
  it('joins neighbours and leaves zeros alone', () => {
    expect(hiddenRuns([0, null, null, 3, null])).toEqual([
      { x: 20, width: 40 },
      { x: 80, width: 20 },
    ]);
    expect(hiddenRuns([])).toEqual([]);
  });
});
