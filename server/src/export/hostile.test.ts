import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { longTable } from '../domain/snapshot/long.ts';
import { sheetsOf } from '../domain/snapshot/sheets.ts';
import { csvOf } from './csv.ts';
import { chanceOf, randomSnapshot } from './random-board.fixture.ts';
import { xlsxOf } from './xlsx.ts';

const STARTS = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '＝',
  '＋',
  '－',
  '＠',
  ' =',
  '\u00a0=',
  '\n=',
  '\u2003@',
  '"=',
  ';=',
];
const BODIES = [
  ...[
    '1+1',
    "cmd|'/c calc'!A0",
    'HYPERLINK("http://x.example","x")',
    'SUM(1;2)',
    'WEBSERVICE("http://x.example")',
  ],
  ...['IMPORTXML("x","y")', '🎄', '‏مرحبا', '","=1+1', '\r\n=1+1', "'=1", 'DDE("x";"y")', '1;=2'],
];
/** 208 texts that some spreadsheet may run. */
const HOSTILE = STARTS.flatMap((start) => BODIES.map((body) => start + body));
const snapshot = randomSnapshot(chanceOf(1), HOSTILE);
const table = longTable(sheetsOf({ ...snapshot, title: HOSTILE[0]! }, 'x', '=link'));

/** What Excel, LibreOffice or Google Sheets would take for a formula. */
const runs = (cell: string) =>
  /^[\s\u00a0]*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+([.,]\d+)?(e[+-]?\d+)?$/i.test(cell);

describe('hostile texts', () => {
  it('are more than 200', () => expect(HOSTILE.length).toBeGreaterThan(200));

  it.each(['international', 'excel-fr'] as const)('are no formula in any cell of a CSV, %s', (profile) => {
    const rows: string[][] = parse(csvOf(table, profile, 'fr'), {
      delimiter: profile === 'excel-fr' ? ';' : ',',
      bom: true,
    });
    expect(rows.flat().filter(runs)).toEqual([]);
    const keys = new Set(rows.map((row) => row[2]!.replace(/^'/, '')));
    const kept = Object.keys(snapshot.breakdowns['campaign']!);
    expect(kept.filter((key) => !keys.has(key.replace(/^'/, '')))).toEqual([]);
  });
});

describe('hostile texts in a workbook', () => {
  it('are texts: no cell of it is a formula', async () => {
    const bytes = await xlsxOf(sheetsOf({ ...snapshot, title: HOSTILE[0]! }, 'x', '=link'), 'fr');
    const pages = await readXlsxFile(bytes);
    const cells = pages.flatMap(({ data }) => data.flat());
    expect(cells).toContain('=link');
    const parts = Object.entries(unzipSync(bytes)).filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(parts.length).toBeGreaterThan(3);
    for (const [, part] of parts) expect(strFromU8(part)).not.toMatch(/<f[ >]/);
  });
});
