import type { Encoding, FileFault } from '@fanfare/contract';

/** How the bytes of a file are to be read. */
export interface FoundEncoding {
  readonly encoding: Encoding;
  /** Bytes of the mark at its beginning. */
  readonly mark: number;
}

/** First bytes of files that people take for a CSV. */
const KNOWN: readonly (readonly [fault: FileFault, bytes: readonly number[]])[] = [
  ['spreadsheet', [0x50, 0x4b, 0x03, 0x04]],
  ['spreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['packed', [0x1f, 0x8b]],
  ['packed', [0x37, 0x7a, 0xbc, 0xaf]],
  ['binary', [0x25, 0x50, 0x44, 0x46]],
];
const MARKS: readonly (readonly [encoding: Encoding, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Share of control characters above which bytes are no text. */
const MOST_CONTROLS = 0.02;

/**
 * What a file is written in, by its mark, else by what its first bytes can be. Whatever is neither
 * UTF-8 nor UTF-16 is read as Windows-1252, as spreadsheets in Western Europe save.
 * @param head first bytes of the file, which may end within a character
 */
export function encodingOf(head: Uint8Array): FoundEncoding | FileFault {
  const begins = (bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);
  const known = KNOWN.find(([, bytes]) => begins(bytes));
  if (known) return known[0];
  const marked = MARKS.find(([, bytes]) => begins(bytes));
  if (marked) return { encoding: marked[0], mark: marked[1].length };
  const wide = wideOf(head);
  if (wide) return { encoding: wide, mark: 0 };
  let controls = 0;
  for (const byte of head) if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls++;
  if (controls > head.length * MOST_CONTROLS) return 'binary';
  return { encoding: isUtf8Head(head) ? 'utf-8' : 'windows-1252', mark: 0 };
}

/** UTF-16 without a mark: of most characters one byte is nothing, always on the same side. */
function wideOf(head: Uint8Array): Encoding | null {
  const pairs = Math.floor(head.length / 2);
  if (pairs < 4) return null;
  let [even, odd] = [0, 0];
  for (let i = 0; i < pairs * 2; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le';
  return even > pairs * 0.4 && odd < pairs * 0.02 ? 'utf-16be' : null;
}

/** Is it UTF-8, but for a character that may be cut off at the end? */
function isUtf8Head(head: Uint8Array): boolean {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    strict.decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
