import { columnsOf, text, words, type Cell, type Column, type Sheet, type Table } from './sheet.ts';

const KEYS = [
  ...['table', 'dimension', 'key', 'rank', 'from', 'from_local', 'name', 'definition', 'part', 'value'],
  ...['low', 'high', 'people', 'coverage', 'state', 'unit', 'kind', 'as_of', 'as_of_local', 'text'],
] as const;
type Key = (typeof KEYS)[number];
type Row = Partial<Record<Key, Cell>>;

/**
 * All tables of a snapshot as one, a value a row, for formats that hold one table: CSV and Parquet. The
 * column of state says `suppressed` where a number is hidden.
 */
export function longTable(sheets: readonly Sheet[]): Table {
  const rows = sheets.flatMap((sheet) => rowsOf(sheet).map((row) => ({ table: text(sheet.name), ...row })));
  return { columns: columnsOf(...KEYS), rows: rows.map((row) => KEYS.map((key) => row[key] ?? null)) };
}

function rowsOf(sheet: Sheet): Row[] {
  switch (sheet.name) {
    case 'about':
      return fieldsOf(sheet).map(({ label, field, content }) => contentOf(label, field, content));
    case 'series':
      return sheet.rows.flatMap((cells) => pointsOf(sheet.columns, cells));
    case 'definitions':
      return fieldsOf(sheet).flatMap(explained);
    default:
      return fieldsOf(sheet).map(measured);
  }
}

type Fields = Readonly<Record<string, Cell>>;

function fieldsOf({ columns, rows }: Sheet): Fields[] {
  return rows.map((cells) => Object.fromEntries(columns.map(({ key }, i) => [key, cells[i] ?? null])));
}

/** A field of *About*: numbers stay numbers, everything else is its text. */
function contentOf(label: Cell = null, field: Cell = null, content: Cell = null): Row {
  const isNumber = content?.type === 'number';
  return { key: field, name: label, ...(isNumber ? { value: content } : { text: plain(content) }) };
}

function plain(cell: Cell): Cell {
  return cell && (cell.type === 'instant' || cell.type === 'local') ? text(cell.value) : cell;
}

function measured({ object, ...fields }: Fields): Row {
  const isHidden = fields['value']?.type === 'hidden';
  const isUnknown = !isHidden && fields['value'] === null;
  const state = isHidden ? 'suppressed' : isUnknown ? 'unavailable' : '';
  return { ...fields, ...(object ? { dimension: text('object'), key: object } : {}), state: text(state) };
}

function pointsOf(
  columns: readonly Column[],
  [from = null, local = null, ...values]: readonly Cell[],
): Row[] {
  return values.map((value, i): Row => {
    const { key, title } = columns[i + 2]!;
    const [, definition = key, part = ''] = /^([a-z][a-z0-9.]*@\d+)\.(\w+)$/.exec(key) ?? [];
    const state = text(value?.type === 'hidden' ? 'suppressed' : '');
    return {
      ...{ from, from_local: local, name: words(title) },
      ...{ definition: text(definition), part: text(part), value, state },
    };
  });
}

/** A formula: its words in the language of the file, the purpose it needs and its source. */
function explained(fields: Fields): Row[] {
  const { definition = null, unit = null, kind = null, purpose = null, source = null } = fields;
  const [name, formula] = [wordsOf(fields, 'name'), wordsOf(fields, 'formula')];
  return [
    { definition, name, part: text('formula'), unit, kind, text: formula },
    { definition, name, part: text('purpose'), text: purpose },
    { definition, name, part: text('source'), text: source },
  ];
}

function wordsOf(fields: Fields, what: 'name' | 'formula'): Cell {
  const [fr, en] = [fields[`${what}_fr`], fields[`${what}_en`]];
  return fr?.type === 'text' && en?.type === 'text' ? words({ fr: fr.value, en: en.value }) : null;
}
