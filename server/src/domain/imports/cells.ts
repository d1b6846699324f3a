import type { Delimiter } from '@fanfare/contract';

/**
 * The cells of one record of a CSV (RFC 4180): a quote opens at the start of a cell alone, a doubled
 * one within stands for itself. `null` when something follows a closed quote.
 */
export function cellsOf(record: string, delimiter: Delimiter): string[] | null {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= record.length;) {
    if (record[at] !== '"') {
      const end = record.indexOf(delimiter, at);
      cells.push(record.slice(at, end < 0 ? record.length : end));
      at = (end < 0 ? record.length : end) + 1;
      continue;
    }
    let close = at + 1;
    for (;;) {
      close = record.indexOf('"', close);
      if (close < 0) return null;
      if (record[close + 1] !== '"') break;
      close += 2;
    }
    const next = record[close + 1];
    if (next !== undefined && next !== delimiter) return null;
    cells.push(record.slice(at + 1, close).replaceAll('""', '"'));
    at = close + 2;
  }
  return cells;
}
