import { describe, expect, it } from 'vitest';
import { DEFINITIONS } from '../definitions.ts';
import { hiddenIn } from './hidden.ts';
import { aboutMaison, boardOf, hide, measure } from './board.fixture.ts';
import { freeze } from './freeze.ts';
import { seal } from './seal.ts';

describe('a frozen board', () => {
  it('holds the window in absolute instants, the zone, k, coverage and the formulas used', () => {
    const snapshot = freeze(boardOf(), aboutMaison);
    expect(snapshot).toMatchObject({
      format: 'fanfare.snapshot@1',
      title: 'Noël',
      audience: 'team',
      brand: { slug: 'maison', name: 'Maison', demonstration: false },
      window: {
        name: '5m',
        from: '2026-11-22T09:56:00.000Z',
        to: '2026-11-22T10:01:00.000Z',
        timeZone: 'Europe/Paris',
      },
      asOf: '2026-11-22T10:00:30.000Z',
      k: 10,
      coverage: 0.5,
    });
    const ids = snapshot.definitions.map(({ id }) => id);
    expect(ids).toEqual(['engagements@1', 'sentiment@1', 'coverage@1', 'engagement.rate@1']);
    expect(snapshot.definitions[0]).toEqual(DEFINITIONS[0]);
  });

  it('names what is hidden', () => {
    const board = boardOf();
    const { hidden } = freeze(board, aboutMaison);
    expect(hidden).toEqual({
      measures: ['sentiment@1'],
      breakdowns: { campaign: ['__proto__'] },
      series: {
        'engagements@1': [
          [0, 1],
          [4, 4],
        ],
        'sentiment@1': [[0, 4]],
      },
    });
    expect(hiddenIn({ ...board, measures: {}, breakdowns: {}, series: { from: '', step: 60 } })).toEqual({
      measures: [],
      breakdowns: {},
      series: {},
    });
    expect(hide('engagements@1').value).toBeNull();
  });

  it('takes nothing along that is no number of the board: no words and no name of anybody', () => {
    const said = {
      id: 'x1',
      purpose: 'quote',
      network: 'x',
      kind: 'comment',
      at: '2026-11-22T09:58:00.000Z',
      label: 'positive',
    } as const;
    const words = { excerpt: 'secret words', author: 'Ada' };
    const plain = boardOf();
    const talkative = {
      ...plain,
      excerpts: [{ ...said, text: 'secret words' }],
      ticker: { lines: [words] },
      measures: {
        ...plain.measures,
        'engagements@1': { ...plain.measures['engagements@1']!, ...words },
        words,
      },
      breakdowns: {
        ...plain.breakdowns,
        kind: { comment: { 'engagements@1': { ...measure('engagements@1', 40), ...words }, words } },
      },
      series: { ...plain.series, words: ['secret'] },
      top: { ...words, objects: plain.top.objects.map((object) => ({ ...object, ...words })) },
    };
    const given: typeof plain = talkative;
    const { bytes } = seal(freeze(given, { ...aboutMaison, ...words }));
    expect(Buffer.from(bytes).toString()).not.toMatch(/secret|Ada|excerpt|ticker|author|words|quote/);
    expect(seal(freeze(plain, aboutMaison)).sha256).toBe(seal(freeze(given, aboutMaison)).sha256);
  });
});
