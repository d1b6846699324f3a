import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readNdjson, type Line } from '../../http/ndjson.ts';

/** A file of events, read in constant memory. */
export interface Source {
  /** Share of the file that has been read, 0 to 1. */
  readonly progress: () => number;
  /** Its lines in runs. @throws Error when the file cannot be read, or is no gzip */
  readonly lines: () => AsyncGenerator<Line[]>;
}

/** The bytes of a file, and how far it was read. */
export interface FileBytes extends Pick<Source, 'progress'> {
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Open a file; one whose name ends in `.gz` is unpacked on the way. @throws Error */
export async function openFile(path: string): Promise<FileBytes> {
  const { size } = await stat(path);
  const file = createReadStream(path);
  const bytes = path.endsWith('.gz')
    ? // Faults of either reach the reader of the last one.
      pipeline(file, createGunzip(), () => undefined)
    : file;
  return { progress: () => (size === 0 ? 1 : Math.min(1, file.bytesRead / size)), bytes };
}

/** Open a file of NDJSON, plain or `.gz`. @throws Error */
export async function openSource(path: string): Promise<Source> {
  const { progress, bytes } = await openFile(path);
  return { progress, lines: () => readNdjson(bytes) };
}
