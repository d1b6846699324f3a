import type { BiRow } from './port.ts';
import { BI_VIEWS, type BiViewName } from './views.ts';

/**
 * A view as CSV (RFC 4180), in pieces. Its only texts are our own words and the brand's slug, which
 * begin with a letter: none is taken for a formula.
 */
export async function* csvOf(
  view: BiViewName,
  rows: AsyncIterable<readonly BiRow[]>,
): AsyncGenerator<string> {
  const names = BI_VIEWS[view].columns.map(({ name }) => name);
  yield `${names.join(',')}\r\n`;
  for await (const some of rows)
    yield some.map((row) => `${names.map((name) => fieldOf(row[name])).join(',')}\r\n`).join('');
}

function fieldOf(value: BiRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
