import { MOST_LINE, createLineCutter, linesOf } from './lines.ts';

/** A line of a file with its number, from 1; `bytes` is `null` when it is too long to be sent. */
export interface FileLine {
  readonly line: number;
  readonly bytes: Uint8Array | null;
}

const MARK = [0xef, 0xbb, 0xbf];

/** The lines of a file that hold something, in constant memory, a run at a time. */
export async function* fileLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<FileLine[]> {
  const cutter = createLineCutter();
  let line = 0;
  const numbered = (whole: Uint8Array): FileLine[] =>
    linesOf(whole).flatMap((bytes) => {
      const own = ++line === 1 ? withoutMark(bytes) : bytes;
      if (isBlank(own)) return [];
      return [{ line, bytes: own.length > MOST_LINE ? null : own }];
    });
  for await (const part of stream) {
    const { whole, tooLong } = cutter.push(part);
    const run = whole ? numbered(whole) : [];
    if (tooLong) run.push({ line: ++line, bytes: null });
    if (run.length > 0) yield run;
  }
  const last = numbered(cutter.end());
  if (last.length > 0) yield last;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return MARK.every((byte, i) => bytes[i] === byte) ? bytes.subarray(MARK.length) : bytes;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.length < 256 && new TextDecoder().decode(bytes).trim() === '';
}
