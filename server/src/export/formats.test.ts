import { parse } from 'csv-parse/sync';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import type { CsvProfile, Snapshot } from '@fanfare/contract';
import { longTable } from '../domain/snapshot/long.ts';
import { seal } from '../domain/snapshot/seal.ts';
import { sheetsOf } from '../domain/snapshot/sheets.ts';
import { csvOf } from './csv.ts';
import { parquetOf } from './parquet.ts';
import { chanceOf, randomSnapshot, valuesOf } from './random-board.fixture.ts';
import { xlsxOf } from './xlsx.ts';

const SEED = Number(process.env['SEED'] ?? Math.floor(Date.now() / 86_400_000));
const LINK = 'https://fanfare.example/b/maison/snapshots/x';
const chance = chanceOf(SEED);
const boards = Array.from({ length: 50 }, () => randomSnapshot(chance));
const tablesOf = (snapshot: Snapshot) => sheetsOf(snapshot, seal(snapshot).sha256, LINK);

/** Where a row of the long table stands, by its columns. */
const placeOf = (row: Record<string, unknown>) => {
  const at = row['from'] instanceof Date ? row['from'].toISOString() : row['from'];
  const key = row['table'] === 'series' ? at : row['key'];
  return [row['table'], row['dimension'], key, row['definition'], row['part']]
    .map((one) => String((one ?? '') as string | number))
    .join('|');
};
const isValue = (row: Record<string, unknown>) => !['about', 'definitions'].includes(String(row['table']));

/** What an independent reader finds in a CSV, by place. */
function readCsv(bytes: Buffer, profile: CsvProfile): Map<string, string | number> {
  const french = profile === 'excel-fr';
  const lines: string[][] = parse(bytes, { delimiter: french ? ';' : ',', bom: french });
  const keys = longTable([]).columns.map(({ key }) => key);
  const rows = lines.slice(1).map((cells) => Object.fromEntries(keys.map((key, i) => [key, cells[i] ?? ''])));
  return new Map(
    rows.filter(isValue).map((row) => {
      const text = french ? row['value']!.replace(',', '.') : row['value']!;
      const hidden = row['state'] === 'suppressed' ? '< 10' : '';
      const unquoted = { ...row, key: row['key']!.replace(/^'(?=\s*[=+\-@−])/, '') };
      return [placeOf(unquoted), text === '' || text.startsWith('<') ? hidden : Number(text)];
    }),
  );
}

describe(`files of 50 random boards (seed ${SEED})`, () => {
  it.each(['international', 'excel-fr'] as const)('hold every value of the JSON as CSV, %s', (profile) => {
    for (const snapshot of boards) {
      const read = readCsv(csvOf(longTable(tablesOf(snapshot)), profile, 'fr'), profile);
      expect(read).toEqual(valuesOf(snapshot));
    }
  });

  it('hold every value of the JSON as Parquet, with what they are of in the footer', async () => {
    for (const snapshot of boards) {
      const bytes = await parquetOf(longTable(tablesOf(snapshot)), { 'fanfare.k': '10' }, 'fr');
      const file = new Uint8Array(bytes).buffer;
      const rows = await parquetReadObjects({ file });
      const read = new Map(
        rows.filter(isValue).map((row) => {
          const hidden = row['state'] === 'suppressed' ? '< 10' : '';
          return [placeOf(row), row['value'] === null ? hidden : (row['value'] as number)];
        }),
      );
      expect(read).toEqual(valuesOf(snapshot));
      expect((await parquetMetadataAsync(file)).key_value_metadata).toEqual([
        { key: 'fanfare.k', value: '10' },
      ]);
    }
  });

  it('hold every value of the JSON as a workbook, in cells with types', async () => {
    for (const snapshot of boards) {
      const pages = await readXlsxFile(await xlsxOf(tablesOf(snapshot), 'en'), { trim: false });
      const read = new Map<string, string | number>();
      const sheet = (name: string) => pages.find((page) => page.sheet === name)!.data;
      for (const [name, title] of [
        ['measures', 'Measures'],
        ['breakdowns', 'Breakdowns'],
        ['top', 'Posts'],
      ] as const) {
        const [head = [], ...rows] = sheet(title);
        const at = (row: readonly unknown[], column: string) =>
          (row[head.indexOf(column)] ?? '') as string | number;
        for (const row of rows) {
          const key = name === 'top' ? at(row, 'Post') : at(row, 'Key');
          const dimension = name === 'top' ? 'object' : at(row, 'Dimension');
          const place = [name, dimension, key, at(row, 'Definition'), at(row, 'Part')].join('|');
          read.set(place, at(row, 'Value'));
        }
      }
      const [, ...series] = sheet('Series');
      for (const [from, , engagements, positive, neutral, negative] of series) {
        read.set(`series||${String(from)}|engagements@1|`, engagements as number);
        const moods = { positive, neutral, negative };
        for (const [part, value] of Object.entries(moods))
          read.set(`series||${String(from)}|sentiment@1|${part}`, value as number);
      }
      expect(read).toEqual(valuesOf(snapshot));
    }
  });

  it('say what they are of', async () => {
    const [snapshot] = boards as [Snapshot];
    const { sha256 } = seal(snapshot);
    const [about] = await readXlsxFile(await xlsxOf(tablesOf(snapshot), 'fr'));
    const said: Record<string, unknown> = {};
    for (const [, content, field] of about!.data) said[typeof field === 'string' ? field : ''] = content;
    expect(about!.sheet).toBe('À propos');
    expect(said).toMatchObject({
      ...{ brand: 'Maison', window: '24h', time_zone: 'Europe/Paris', k: 10, sha256, link: LINK },
      ...{ as_of: '2026-10-25T02:30:30.000Z', as_of_local: new Date('2026-10-25T03:30:30Z') },
      hidden_cells: expect.any(Number) as number,
      definitions: expect.stringContaining('engagements@1') as string,
    });
  });
});

it('keep both hours of the night in which clocks go back, in UTC and by the wall clock', async () => {
  const [snapshot] = boards as [Snapshot];
  const text = csvOf(longTable(tablesOf(snapshot)), 'excel-fr', 'fr').toString();
  expect(text.startsWith('\ufeffTableau;')).toBe(true);
  expect(text).toContain('2026-10-25T00:15:00.000Z;25/10/2026 02:15:00;');
  expect(text).toContain('2026-10-25T01:15:00.000Z;25/10/2026 02:15:00;');
  const pages = await readXlsxFile(await xlsxOf(tablesOf(snapshot), 'fr'));
  const rows = pages.find(({ sheet }) => sheet === 'Courbes')!.data;
  const twice = rows.filter(
    ([, local]) => local instanceof Date && local.toISOString().startsWith('2026-10-25T02:15'),
  );
  expect(twice.map(([from]) => from)).toEqual(['2026-10-25T00:15:00.000Z', '2026-10-25T01:15:00.000Z']);
});
