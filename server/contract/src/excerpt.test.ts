import { describe, expect, it } from 'vitest';
import { foldExcerpts, type Excerpt } from './excerpt.ts';

const said = (id: string, second: number, text = id): Excerpt => ({
  id,
  purpose: 'quote',
  network: 'bluesky',
  kind: 'comment',
  at: `2026-03-01T12:00:0${second}.000Z`,
  label: 'neutral',
  text,
});

describe('the fold of excerpts', () => {
  it('puts new ones in order, takes out what is gone, and replaces what was edited', () => {
    const old = [said('c', 3), said('a', 1)];
    const folded = foldExcerpts(old, { gone: ['c'], added: [said('b', 2), said('a', 1, 'better')] });
    expect(folded.map(({ text }) => text)).toEqual(['b', 'better']);
  });

  it('starts anew for whoever was away', () => {
    expect(foldExcerpts([said('a', 1)], { gone: [], added: [said('b', 2)], whole: true })).toEqual([
      said('b', 2),
    ]);
  });
});
