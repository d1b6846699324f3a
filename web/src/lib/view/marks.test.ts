import { describe, expect, it } from 'vitest';
import { marksOf } from './marks.ts';

const mark = (minute: number) => ({
  id: `mark-${minute}`,
  at: new Date(minute * 60_000).toISOString(),
  text: String(minute),
});

describe('marks on the line', () => {
  it('are those in sight, numbered from the left', () => {
    const shown = marksOf([mark(30), mark(10), mark(5), mark(61)], 10 * 60_000, 60 * 60_000);
    expect(shown.map(({ n, text }) => [n, text])).toEqual([
      [1, '10'],
      [2, '30'],
    ]);
  });
  it('are the latest when there are many', () => {
    const all = Array.from({ length: 40 }, (_, i) => mark(i));
    const shown = marksOf(all, 0, 1e9);
    expect(shown).toHaveLength(12);
    expect(shown.at(-1)).toMatchObject({ n: 12, text: '39' });
  });
});
