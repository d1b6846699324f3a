import { describe, expect, it } from 'vitest';
import { FILES, FIRST_CHOICE, filesOf, formatOf, recalled, settled } from './choice.ts';

describe('the choice of an export', () => {
  it('is what was kept, as far as it still makes sense', () => {
    expect(recalled(null)).toEqual(FIRST_CHOICE);
    expect(recalled('{"file":"xlsx","window":"7d","what":"snapshot","grain":3}')).toEqual({
      ...FIRST_CHOICE,
      file: 'xlsx',
      window: '7d',
    });
    for (const text of ['', '[]', 'null', '"x"', '{']) expect(recalled(text)).toEqual(FIRST_CHOICE);
  });

  it('holds nothing that cannot be together', () => {
    const chosen = { ...FIRST_CHOICE, what: 'history', file: 'pdf', delivery: 'link' } as const;
    expect(settled(chosen)).toMatchObject({ file: 'csv', delivery: 'download' });
    expect(settled({ ...chosen, what: 'board' })).toMatchObject({ file: 'pdf', delivery: 'link' });
    expect(settled({ ...chosen, file: 'parquet' }).file).toBe('parquet');
  });

  it('names a format and a manner of the API for each file', () => {
    expect(FILES.map((file) => formatOf(file).format)).toEqual([
      ...['pdf', 'xlsx', 'csv', 'csv', 'png', 'json', 'parquet'],
    ]);
    expect(formatOf('csv-excel-fr').profile).toBe('excel-fr');
    expect(filesOf('board')).toBe(FILES);
  });
});
