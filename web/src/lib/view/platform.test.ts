import type { Board, Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { explainedBy } from './explained.ts';
import { platformFigures } from './platform.ts';

const asOf = '2026-11-21T13:32:00Z';
const figure = (value: number | null): Measure => ({
  value,
  kind: value === null ? 'unavailable' : 'measured',
  definition: 'reach.platform@1',
  asOf,
  n: null,
});
const board = (whole: Measure, networks: Record<string, Measure>): Board => ({
  type: 'board',
  brand: 'maison',
  window: '1h',
  audience: 'team',
  epoch: 'e',
  seq: 1,
  asOf: '2026-11-22T10:00:00Z',
  k: 10,
  demonstration: false,
  measures: { 'reach.platform@1': whole },
  breakdowns: {
    network: Object.fromEntries(
      Object.entries(networks).map(([key, measure]) => [key, { 'reach.platform@1': measure }]),
    ),
  },
  series: { from: asOf, step: 60 },
  top: { objects: [] },
});

describe('platformFigures', () => {
  it('is the one figure with the name of its network, its own instant and all', () => {
    const one = board(figure(9800), { facebook: figure(9800) });
    expect(platformFigures(one)).toEqual([{ network: 'facebook', measure: figure(9800) }]);
    expect(explainedBy(one, null, 'reach.platform@1')).toEqual({ measure: figure(9800), cells: [] });
  });
  it('has no name for a network nobody engaged on', () => {
    expect(platformFigures(board(figure(9800), {}))).toEqual([{ network: null, measure: figure(9800) }]);
  });
  it('lists several, and adds none', () => {
    const two = board(figure(null), { facebook: figure(9800), x: figure(120) });
    expect(platformFigures(two).map(({ network, measure }) => [network, measure.value])).toEqual([
      ['facebook', 9800],
      ['x', 120],
    ]);
    expect(explainedBy(two, null, 'reach.platform@1').cells.map(({ key }) => key)).toEqual(['facebook', 'x']);
  });
  it('is empty when no network said anything', () => {
    expect(platformFigures(board(figure(null), {}))).toEqual([]);
    expect(explainedBy(board(figure(null), {}), null, 'rfe@1')).toEqual({ measure: undefined, cells: [] });
  });
});
