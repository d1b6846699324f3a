import { expect, it } from 'vitest';
import { countHidden } from './board.ts';

it('counts hidden cells, and the buckets of every run', () => {
  const hidden = {
    measures: ['sentiment@1'],
    breakdowns: { kind: ['view', 'share'], network: ['x'] },
    series: {
      'engagements@1': [
        [0, 3],
        [9, 9],
      ],
      'sentiment@1': [[0, 9]],
    },
  } as const;
  expect(countHidden(hidden)).toEqual({ cells: 4, buckets: 15 });
  expect(countHidden({ measures: [], breakdowns: {}, series: {} })).toEqual({ cells: 0, buckets: 0 });
});
