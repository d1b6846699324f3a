import type { ImportBody } from './file-import.ts';

/** What sending a file needs of the outside: a command, or a page. */
export interface PartSending {
  /** Bytes of the file from an offset; fewer than asked for at its end. */
  readonly read: (
    offset: number,
    length: number,
  ) => Promise<{ bytes: Uint8Array<ArrayBuffer>; isLast: boolean }>;
  /** Send a part; gives the import after the commit, `null` when it stands at another place by now. */
  readonly send: (
    one: ImportBody,
    bytes: Uint8Array<ArrayBuffer>,
    isLast: boolean,
  ) => Promise<ImportBody | null>;
  /** How the import stands. */
  readonly look: (id: string) => Promise<ImportBody>;
  /** Told after each part. */
  readonly told: (one: ImportBody) => void;
}

/**
 * Send a file from where its import stands to its end, a part at a time: the next is sent when the
 * one before is committed. @throws whatever reading and sending throw
 */
export async function sendParts(
  one: ImportBody,
  { read, send, look, told }: PartSending,
): Promise<ImportBody> {
  let now = one;
  while (now.state === 'open') {
    const { bytes, isLast } = await read(now.offset, now.part);
    now = (await send(now, bytes, isLast)) ?? (await look(now.id));
    told(now);
  }
  return now;
}
