import {
  formatInstant,
  isFault,
  type EventBody,
  type FileFault,
  type ImportPlan,
  type ImportPreview,
  type PreviewLine,
} from '@fanfare/contract';
import { formOf } from './dates.ts';
import { decode, unitsOf } from './decode.ts';
import { encodingOf } from './encoding.ts';
import { mapperOf } from './event-of.ts';
import { guessColumns } from './guess.ts';
import { isLayout, layoutOf, type Layout } from './layout.ts';
import { profileOf } from './profiles.ts';
import { addReasons, eventOf, type RejectedLine } from './reader.ts';
import type { Place } from './records.ts';
import { rowOfCsv, rowOfJson, type Row } from './row.ts';
import { csvTable, ndjsonTable, type Table } from './table.ts';

/** What is needed to look at a file. */
export interface Looking {
  /** First bytes. */
  readonly head: Uint8Array;
  /** Are those all? */
  readonly whole: boolean;
  /** How somebody wants it read; absent: a guess. */
  readonly plan?: ImportPlan | undefined;
  /** Zone of dates that do not tell their own. */
  readonly zone: string;
  readonly now: number;
  readonly name: (said: string) => string;
}

/** A file as it is understood, and where its lines begin. */
export interface Inspected {
  readonly preview: Omit<ImportPreview, 'mark'>;
  readonly layout: Layout | null;
  /** Byte of the first line after the header. */
  readonly begin: number;
  readonly place: Place;
}

const SHOWN = 5;

/** Look at the beginning of a file. @returns the fault of one that cannot be read at all */
export function inspect(looking: Looking): Inspected | FileFault {
  const { head, whole, plan } = looking;
  if (head.length === 0) return 'empty';
  const found = encodingOf(head);
  if (typeof found === 'string') return found;
  const encoding = plan?.encoding ?? found.encoding;
  const units = unitsOf(head.subarray(found.mark), encoding);
  const start = units.findIndex((unit: number) => unit > 0x20);
  if (start < 0) return 'empty';
  if (units[start] === 0x5b) return 'json_list';
  const table =
    units[start] === 0x7b ? ndjsonTable(units, encoding, whole) : csvTable(units, encoding, plan, whole);
  return typeof table === 'string' ? table : previewOf(table, looking, found.mark);
}

function previewOf(table: Table, looking: Looking, mark: number): Inspected | FileFault {
  const { columns, units, records } = table;
  const profile = profileOf(columns);
  if (profile === 'sums') return 'sums_only';
  const asked = looking.plan;
  const guessed = guess(table, profile, asked?.zone ?? looking.zone);
  // Where no column is said yet, all of them are guessed.
  const isBare = asked === undefined || Object.keys(asked.columns).length === 0;
  const plan = isBare ? guessed : asked;
  const layout = layoutOf({ ...plan, format: table.format }, columns);
  const lines: PreviewLine[] = [];
  const rejected: RejectedLine[] = [];
  let good = 0;
  if (isLayout(layout)) {
    const mapper = mapperOf(layout, looking.name);
    for (const record of records) {
      const found = eventOf(units, record, layout, mapper, looking.now);
      if (found === null) continue;
      const { line } = record;
      const bad = isFault(found);
      if (bad) rejected.push({ line, fault: found });
      else good++;
      if (lines.length < SHOWN) lines.push(bad ? { line, fault: found } : { line, event: shown(found) });
    }
  }
  return {
    preview: {
      ...{ header: table.header, columns, plan, lines, good, looked: good + rejected.length },
      profile: profile?.id ?? null,
      gaps: isLayout(layout) ? [] : layout,
      reasons: addReasons([], rejected),
    },
    layout: isLayout(layout) ? layout : null,
    begin: table.begin + mark,
    place: table.place,
  };
}

function guess(table: Table, profile: ReturnType<typeof profileOf>, zone: string): ImportPlan {
  const { format, encoding, delimiter, columns } = table;
  const known = profile === 'sums' ? null : profile;
  const there = new Set(columns);
  const named = known
    ? Object.fromEntries(Object.entries(known.columns).filter(([, name]) => there.has(name)))
    : guessColumns(columns);
  return {
    ...{ format, encoding, delimiter, columns: named, fixed: known?.fixed ?? {} },
    dates: known?.dates ?? formOf(datesOf(table, named)),
    zone: known?.zone ?? zone,
  };
}

/** What stands in the columns of the date. */
function datesOf(
  { units, records, encoding, format, delimiter, columns }: Table,
  named: ImportPlan['columns'],
): string[] {
  return records.slice(0, 500).flatMap(({ start, end, fault }) => {
    const text = fault ? null : decode(units.subarray(start, end), encoding);
    if (text === null) return [];
    const row = format === 'csv' ? rowOfCsv(text, delimiter, columns.length) : rowOfJson(text);
    if (typeof row !== 'function') return [];
    const [date, time] = [named.occurredAt, named.time].map((name) => valueAt(row, name, format, columns));
    return date ? [time ? `${date} ${time}` : date] : [];
  });
}

function valueAt(
  row: Row,
  name: string | undefined,
  format: ImportPlan['format'],
  columns: readonly string[],
): string {
  if (name === undefined) return '';
  return String(row(format === 'csv' ? columns.indexOf(name) : name) ?? '');
}

/** An event as words for the screen. */
function shown(event: EventBody): Record<string, string> {
  const { rev, verb, occurredAt, ...rest } = event;
  const more = { ...(rev === 0 ? {} : { rev }), ...(verb === 'add' ? {} : { verb }) };
  const all = { ...rest, ...more, occurredAt: formatInstant(occurredAt) };
  return Object.fromEntries(
    Object.entries(all).map(([field, value]) => [field, String(value).slice(0, 300)]),
  );
}
