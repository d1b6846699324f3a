import { createHash } from 'node:crypto';
import { canonical, type Snapshot } from '@fanfare/contract';

/** A snapshot as it is kept: the bytes of its canonical text, and their SHA-256 in hexadecimal. */
export interface Sealed {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Give a snapshot its one text and hash. */
export function seal(snapshot: Snapshot): Sealed {
  const bytes = Buffer.from(canonical(snapshot));
  return { bytes, sha256: sha256(bytes) };
}

/** SHA-256, hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
