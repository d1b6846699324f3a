/** Longest line taken of a body or a file, bytes. */
export const MOST_LINE = 65_536;

const NEWLINE = 0x0a;

/** What a part of a stream of lines completed. */
export interface Cut {
  /** Whole lines without the last line feed; `null` when none ended here. */
  readonly whole: Uint8Array | null;
  /** True when a line that is longer than `MOST_LINE` begins after them; it is left away. */
  readonly tooLong: boolean;
}

/** Cuts a stream of bytes into whole lines, holding one unfinished line at most. */
export interface LineCutter {
  readonly push: (part: Uint8Array) => Cut;
  /** The last line, which no line feed ended. */
  readonly end: () => Uint8Array;
}

/** A cutter at the start of a stream. A line within `whole` may still be too long: see `linesOf`. */
export function createLineCutter(): LineCutter {
  let rest: Uint8Array = new Uint8Array(0);
  let skipping = false;
  return {
    push(part) {
      let chunk = part;
      if (skipping) {
        const end = chunk.indexOf(NEWLINE);
        if (end < 0) return { whole: null, tooLong: false };
        chunk = chunk.subarray(end + 1);
        skipping = false;
      }
      const data = rest.length > 0 ? joined(rest, chunk) : chunk;
      const last = data.lastIndexOf(NEWLINE);
      // A copy: what came may be used again for the next part.
      rest = new Uint8Array(data.subarray(last + 1));
      skipping = rest.length > MOST_LINE;
      if (skipping) rest = new Uint8Array(0);
      return { whole: last < 0 ? null : data.subarray(0, last), tooLong: skipping };
    },
    end: () => rest,
  };
}

/** The single lines of whole ones, without their ends; empty ones too. */
export function linesOf(whole: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start <= whole.length;) {
    const found = whole.indexOf(NEWLINE, start);
    const end = found < 0 ? whole.length : found;
    lines.push(whole.subarray(start, whole[end - 1] === 0x0d && end > start ? end - 1 : end));
    start = end + 1;
  }
  return lines;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
