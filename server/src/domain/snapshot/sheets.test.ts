import { describe, expect, it } from 'vitest';
import { aboutMaison, boardOf } from './board.fixture.ts';
import { freeze } from './freeze.ts';
import type { Cell, SheetName } from './sheet.ts';
import { sheetsOf } from './sheets.ts';

const sheets = sheetsOf(
  freeze(boardOf(), aboutMaison),
  'f'.repeat(64),
  'https://fanfare.example/b/maison/snapshots/x',
);
const sheet = (name: SheetName) => sheets.find((one) => one.name === name)!;
const plain = (cell: Cell) => {
  if (cell === null) return null;
  if (cell.type === 'hidden') return `< ${cell.k}`;
  return cell.type === 'words' ? cell.value.en : cell.value;
};
const rows = (name: SheetName, ...keys: string[]) =>
  sheet(name).rows.map((row) =>
    keys.map((key) => plain(row[sheet(name).columns.findIndex((c) => c.key === key)]!)),
  );

describe('the tables of a snapshot', () => {
  it('have one cell a column, of the type the column says', () => {
    expect(sheets.map(({ name }) => name)).toEqual([
      'about',
      'measures',
      'breakdowns',
      'series',
      'top',
      'definitions',
    ]);
    for (const { columns, rows: all } of sheets) {
      expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
      for (const row of all) {
        expect(row).toHaveLength(columns.length);
        row.forEach((cell, i) => {
          const { type } = columns[i]!;
          if (cell !== null && type !== 'any')
            expect(cell.type === 'hidden' ? 'number' : cell.type).toBe(type);
        });
      }
    }
  });

  it('have a row for each value and each of its parts; what is hidden has no number', () => {
    expect(rows('measures', 'definition', 'part', 'value', 'people', 'unit')).toEqual([
      ['engagements@1', '', 40, 40, 'count'],
      ['engagements@1', 'comment', 30, null, ''],
      ['engagements@1', 'share', 10, null, ''],
      ['sentiment@1', '', '< 10', '< 10', 'points'],
      ['coverage@1', '', 0.5, 40, 'share'],
      ['coverage@1', 'counted', 40, null, ''],
      ['coverage@1', 'refused', 40, null, ''],
    ]);
    expect(rows('breakdowns', 'dimension', 'key', 'value')).toEqual([
      ['campaign', '=1+1', 25],
      ['campaign', '__proto__', '< 10'],
      ['kind', 'comment', 40],
    ]);
    expect(rows('top', 'rank', 'object', 'definition', 'value')).toEqual([
      [1, 'post-1', 'engagements@1', 30],
      [1, 'post-1', 'engagement.rate@1', null],
    ]);
  });

  it('have a row for each bucket, in UTC and by the wall clock of the brand', () => {
    expect(sheet('series').columns.map(({ key }) => key)).toEqual([
      'from',
      'from_local',
      'engagements@1',
      ...['positive', 'neutral', 'negative'].map((p) => `sentiment@1.${p}`),
    ]);
    const [first, , third, fourth] = rows(
      'series',
      'from',
      'from_local',
      'engagements@1',
      'sentiment@1.neutral',
    );
    expect(first).toEqual(['2026-11-22T09:56:00.000Z', '2026-11-22T10:56:00', '< 10', '< 10']);
    expect([third![2], fourth![2]]).toEqual([30, 0]);
  });

  it('say what they are of', () => {
    const about = Object.fromEntries(rows('about', 'field', 'content')) as Record<string, unknown>;
    expect(about).toMatchObject({
      title: 'Noël',
      time_zone: 'Europe/Paris',
      to: '2026-11-22T10:01:00.000Z',
      k: 10,
      hidden_cells: 2,
      hidden_buckets: 8,
      sha256: 'f'.repeat(64),
    });
    expect(rows('definitions', 'definition', 'purpose')[0]).toEqual(['engagements@1', 'measure']);
  });
});
