import type { EventBody, ImportReason, ItemFault } from '@fanfare/contract';
import { decode, unitOf, unitsOf, type Units } from './decode.ts';
import type { Mapper } from './event-of.ts';
import type { Layout } from './layout.ts';
import { MOST_RECORD, cutRecords, type Cut, type Place } from './records.ts';
import { rowOfCsv, rowOfJson } from './row.ts';

/** A line that is no event. */
export interface RejectedLine {
  readonly line: number;
  readonly fault: ItemFault;
}

/** Some lines of a part, understood. */
export interface Run {
  /** Byte of the part at which they begin. */
  readonly from: number;
  readonly events: readonly EventBody[];
  readonly rejected: readonly RejectedLine[];
}

/** A part of a file. */
export interface Part {
  /** Bytes of it that are done with. */
  readonly taken: number;
  readonly place: Place;
  /** Its lines, some at a time, so that nobody waits for all of them. */
  readonly runs: () => Generator<Run>;
}

/** Lines understood in one go. */
const RUN = 2_000;
const FAULTS: Readonly<Record<NonNullable<Cut['fault']>, ItemFault>> = {
  too_long: { code: 'line_too_long', detail: `a line has more than ${MOST_RECORD} bytes` },
  open_quote: { code: 'bad_csv', detail: 'a quote is opened and never closed' },
};
const NOT_IN_ENCODING: ItemFault = {
  code: 'bad_text',
  detail: 'the line is not in the encoding of the file',
};

/**
 * Read a part of a file: the same bytes give the same runs, wherever the reading broke off before.
 * @param isLast does the file end with it?
 */
export function readPart(
  bytes: Uint8Array,
  layout: Layout,
  mapper: Mapper,
  place: Place,
  isLast: boolean,
  now: () => number,
): Part {
  const { encoding, delimiter, format } = layout;
  const units = unitsOf(bytes, encoding);
  const cut = cutRecords(units, 0, place, format === 'csv' ? delimiter : null, isLast);
  return {
    taken: isLast ? bytes.length : cut.taken * unitOf(encoding),
    place: cut.place,
    *runs() {
      for (let first = 0; first < cut.records.length; first += RUN) {
        const records = cut.records.slice(first, first + RUN);
        yield {
          from: records[0]!.start * unitOf(encoding),
          ...understand(units, records, layout, mapper, now()),
        };
      }
    },
  };
}

function understand(units: Units, records: readonly Cut[], layout: Layout, mapper: Mapper, now: number) {
  const events: EventBody[] = [];
  const rejected: RejectedLine[] = [];
  for (const record of records) {
    const found = eventOf(units, record, layout, mapper, now);
    if (found === null) continue;
    if ('code' in found) rejected.push({ line: record.line, fault: found });
    else events.push(found);
  }
  return { events, rejected };
}

/** The event of one record, why there is none, or `null` for an empty one. */
export function eventOf(
  units: Units,
  { start, end, fault }: Cut,
  layout: Layout,
  mapper: Mapper,
  now: number,
): EventBody | ItemFault | null {
  if (fault) return FAULTS[fault];
  const text = decode(units.subarray(start, end), layout.encoding);
  if (text === null) return NOT_IN_ENCODING;
  const row = layout.format === 'csv' ? rowOfCsv(text, layout.delimiter, layout.width) : rowOfJson(text);
  return typeof row === 'function' ? mapper(row, now) : row;
}

/** Rejected lines by what was wrong, the most frequent first, added to those of before. */
export function addReasons(
  before: readonly ImportReason[],
  rejected: readonly RejectedLine[],
): readonly ImportReason[] {
  if (rejected.length === 0) return before;
  const counts = new Map(before.map((one) => [`${one.code} ${one.field ?? ''}`, one]));
  for (const { fault } of rejected) {
    const { code, field } = fault;
    const key = `${code} ${field ?? ''}`;
    counts.set(key, {
      code,
      ...(field === undefined ? {} : { field }),
      count: (counts.get(key)?.count ?? 0) + 1,
    });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}
