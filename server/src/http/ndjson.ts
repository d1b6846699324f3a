import { isUtf8 } from 'node:buffer';
import { randomInt } from 'node:crypto';
import { MOST_LINE, createLineCutter, type ItemFault } from '@fanfare/contract';

const NEWLINE = 0x0a;
/** Stands between two lines that are parsed together; nobody outside can write it. */
const MARK = randomInt(2 ** 47);

/** One line: its value, or why it has none; `line` counts the lines of a CSV, from 1. */
export type Line = ({ readonly value: unknown } | { readonly fault: ItemFault }) & { readonly line?: number };

/**
 * Read NDJSON from a byte stream in constant memory, a run of lines at a time. A bad or too long
 * line is a fault of its own and never costs its neighbours. Empty lines are skipped.
 */
export async function* readNdjson(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  const cutter = createLineCutter();
  for await (const part of stream) {
    const { whole, tooLong } = cutter.push(part);
    const lines = whole ? parseLines(asBuffer(whole)) : [];
    if (tooLong) lines.push(lineTooLong());
    if (lines.length > 0) yield lines;
  }
  const lines = parseLines(asBuffer(cutter.end()));
  if (lines.length > 0) yield lines;
}

/** The same bytes. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whole lines at once as one array when they are plain objects; one by one when anything is odd. */
function parseLines(data: Buffer): Line[] {
  if (isUtf8(data)) {
    const lines = data.toString('utf8').split('\n').filter(isFilled);
    if (lines.length === 0) return [];
    if (lines.every(looksWhole)) {
      try {
        const values = JSON.parse(`[${lines.join(`,${MARK},`)}]`) as unknown[];
        if (isMarked(values, lines.length)) {
          return lines.map((_, i) => ({ value: values[i * 2] }));
        }
      } catch {
        // One of them is broken: find out which.
      }
    }
    return lines.map(parseLine);
  }
  const parts: Line[] = [];
  for (let start = 0; start <= data.length;) {
    const end = data.indexOf(NEWLINE, start);
    const line = data.subarray(start, end < 0 ? data.length : end);
    start = (end < 0 ? data.length : end) + 1;
    if (!isUtf8(line)) parts.push(notUtf8());
    else if (isFilled(line.toString('utf8'))) parts.push(parseLine(line.toString('utf8')));
  }
  return parts;
}

/** Is it one value for each line? Halves of two lines can make a value, and one line two. */
function isMarked(values: readonly unknown[], lines: number): boolean {
  if (values.length !== lines * 2 - 1) return false;
  for (let i = 1; i < values.length; i += 2) if (values[i] !== MARK) return false;
  return true;
}

function parseLine(line: string): Line {
  if (Buffer.byteLength(line) > MOST_LINE) return lineTooLong();
  try {
    return { value: JSON.parse(line) as unknown };
  } catch {
    return { fault: { code: 'bad_json', detail: 'the line is not JSON' } };
  }
}

function isFilled(line: string): boolean {
  return line.length > 0 && line.trim().length > 0;
}

function looksWhole(line: string): boolean {
  const text = line.trim();
  return line.length <= MOST_LINE / 4 && text.startsWith('{') && text.endsWith('}');
}

/** The fault of a line that is longer than is taken. */
export function lineTooLong(): { readonly fault: ItemFault } {
  return { fault: { code: 'line_too_long', detail: `a line has more than ${MOST_LINE} bytes` } };
}

/** The fault of a line in another encoding. */
export function notUtf8(): { readonly fault: ItemFault } {
  return { fault: { code: 'bad_text', detail: 'the line is not UTF-8' } };
}
