import { open, stat } from 'node:fs/promises';
import { openFile } from '../replay/source.ts';

/** Reads a file from any offset on, a part at a time. */
export interface PartReader {
  /** Bytes, `null` when that shows only at the end. */
  readonly size: number | null;
  /** From an offset, which never lies before that of the last reading. */
  readonly read: (
    offset: number,
    length: number,
  ) => Promise<{ bytes: Uint8Array<ArrayBuffer>; isLast: boolean }>;
  readonly close: () => Promise<void>;
}

/** Open a file; one whose name ends in `.gz` is unpacked on the way. @throws Error */
export function openParts(path: string): Promise<PartReader> {
  return path.endsWith('.gz') ? openPacked(path) : openPlain(path);
}

async function openPlain(path: string): Promise<PartReader> {
  const { size } = await stat(path);
  const file = await open(path, 'r');
  return {
    size,
    async read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, offset + at);
        if (bytesRead === 0) throw new Error('the file was cut while it was read');
        at += bytesRead;
      }
      return { bytes, isLast: offset + bytes.length >= size };
    },
    close: () => file.close(),
  };
}

async function openPacked(path: string): Promise<PartReader> {
  const { bytes: stream } = await openFile(path);
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let start = 0;
  let ended = false;
  return {
    size: null,
    async read(offset, length) {
      // One byte more tells whether the file ends there.
      for (;;) {
        const gone = Math.min(held.length, Math.max(0, offset - start));
        held = held.subarray(gone);
        start += gone;
        if (ended || held.length > length) break;
        const next = await chunks.next();
        if (next.done) ended = true;
        else held = Buffer.concat([held, next.value]);
      }
      return { bytes: new Uint8Array(held.subarray(0, length)), isLast: held.length <= length };
    },
    close: async () => {
      await chunks.return?.();
    },
  };
}
