import { DELIMITERS, type Delimiter, type FileFault, type ImportPlan } from '@fanfare/contract';
import { cellsOf } from './cells.ts';
import { decode, unitOf, type Units } from './decode.ts';
import { profileOf } from './profiles.ts';
import { cutRecords, type Cut, type Place } from './records.ts';

/** Records among which the header is looked for: some tools write about the query first. */
const PREFACE = 20;

/** The lines of a file, and what they are made of. */
export interface Table extends Pick<ImportPlan, 'format' | 'encoding' | 'delimiter'> {
  readonly units: Units;
  readonly columns: readonly string[];
  readonly header: number;
  readonly records: readonly Cut[];
  readonly begin: number;
  readonly place: Place;
}

const START: Place = { line: 0, skipping: false };

/** The lines of NDJSON. @param whole are these all units of the file? */
export function ndjsonTable(
  units: Units,
  encoding: ImportPlan['encoding'],
  whole: boolean,
): Table | FileFault {
  const { records } = cutRecords(units, 0, START, null, whole);
  const columns = new Set<string>();
  for (const { start, end, fault } of records.slice(0, 50)) {
    const text = fault ? null : decode(units.subarray(start, end), encoding);
    if (text !== null) for (const path of pathsOf(text)) columns.add(path);
  }
  const shared = { units, encoding, header: 0, records, begin: 0, place: START };
  return columns.size === 0
    ? 'no_columns'
    : { ...shared, format: 'ndjson', delimiter: ',', columns: [...columns].slice(0, 200) };
}

/** Paths to the simple values of an object, two names deep. */
function pathsOf(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const isPlain = (one: unknown): one is object =>
    typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isPlain(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isPlain(inner)
      ? Object.keys(inner).map((below) => `${name}.${below}`)
      : Array.isArray(inner)
        ? []
        : [name],
  );
}

/** The lines of a CSV, and its header. @param asked how somebody wants it read @param whole as above */
export function csvTable(
  units: Units,
  encoding: ImportPlan['encoding'],
  asked: ImportPlan | undefined,
  whole: boolean,
): Table | FileFault {
  const delimiter = asked?.format === 'csv' ? asked.delimiter : delimiterOf(units, encoding, whole);
  const cut = cutRecords(units, 0, START, delimiter, whole);
  const rows = cut.records.slice(0, PREFACE).map(({ start, end, fault }) => {
    const text = fault ? null : decode(units.subarray(start, end), encoding);
    return text === null ? [] : (cellsOf(text, delimiter) ?? []);
  });
  const place = headerOf(rows);
  const columns = unlike((rows[place] ?? []).map((cell) => cell.trim()));
  if (columns.length < 2) return 'no_columns';
  const [header, first] = [cut.records[place]!, cut.records[place + 1]];
  if (first === undefined && whole) return 'header_only';
  const at = first?.start ?? cut.taken;
  return {
    ...{ units, encoding, delimiter, columns, format: 'csv', header: header.line },
    records: cut.records.slice(place + 1),
    begin: at * unitOf(encoding),
    place: { line: (first?.line ?? header.line + 1) - 1, skipping: false },
  };
}

/** The header: of a known tool, else the first row that is as wide as most of them. */
function headerOf(rows: readonly (readonly string[])[]): number {
  const known = rows.findIndex((cells) => profileOf(cells) !== null);
  if (known >= 0) return known;
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [usual] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0];
  return Math.max(
    0,
    rows.findIndex(({ length }) => length === usual),
  );
}

/** The sign that parts the first lines into the most cells, as many in each. */
function delimiterOf(units: Units, encoding: ImportPlan['encoding'], whole: boolean): Delimiter {
  const score = (delimiter: Delimiter): number => {
    const widths = cutRecords(units, 0, START, delimiter, whole)
      .records.slice(0, PREFACE)
      .map(({ start, end, fault }) => {
        const text = fault ? null : decode(units.subarray(start, end), encoding);
        return (text === null ? null : cellsOf(text, delimiter))?.length ?? 1;
      });
    const usual = widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 1;
    return usual < 2 ? 0 : usual * widths.filter((width) => width === usual).length;
  };
  return DELIMITERS.map((delimiter) => ({ delimiter, score: score(delimiter) })).sort(
    (a, b) => b.score - a.score,
  )[0]!.delimiter;
}

/** Columns of one name are told apart by a number; one without a name gets its place for one. */
function unlike(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((given, i) => {
    const name = (given || `(${i + 1})`).slice(0, 180);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
