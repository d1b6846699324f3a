import type { Board, Excerpt } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { excerptsOf } from './excerpts.ts';
import { stillSaid } from './still-said.ts';

const said = (id: string, text = id, at = '2026-03-01T11:00:00.000Z'): Excerpt => ({
  id,
  purpose: 'quote',
  network: 'bluesky',
  kind: 'comment',
  at,
  label: 'positive',
  text,
});
const board = (...excerpts: Excerpt[]): Board => ({
  type: 'board',
  brand: 'b',
  window: '1h',
  audience: 'team',
  epoch: 'e',
  seq: 1,
  asOf: '2026-03-01T12:00:00.000Z',
  k: 10,
  demonstration: false,
  measures: {},
  breakdowns: {},
  series: { from: '2026-03-01T11:00:00.000Z', step: 60 },
  top: { objects: [] },
  ...(excerpts.length > 0 ? { excerpts } : {}),
});

describe('the excerpts of a screen that stands still', () => {
  it('lose what was taken back, show what was edited, and take nothing new', () => {
    const [a, b, c] = [said('a'), said('b'), said('c')];
    const shown = stillSaid(board(a, b), board(c, said('b', 'better')));
    expect(shown.excerpts?.map(({ text }) => text)).toEqual(['better']);
    expect(stillSaid(board(a), board()).excerpts).toEqual([]);
  });

  it('are the same board when nothing of theirs changed', () => {
    const [a, b] = [said('a'), said('b')];
    const shown = board(a);
    expect(stillSaid(shown, board(b, a))).toBe(shown);
    const silent = board();
    expect(stillSaid(silent, board(b))).toBe(silent);
  });
});

describe('the excerpts shown', () => {
  it('are the six latest, and say whether the day has to be told', () => {
    const list = [said('new'), said('old', 'old', '2026-02-28T23:59:00.000Z')];
    expect(excerptsOf(board(...list)).map(({ old }) => old)).toEqual([false, true]);
    const many = Array.from({ length: 9 }, (_, i) => said(`${i}`));
    expect(excerptsOf(board(...many)).map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5']);
  });
});
