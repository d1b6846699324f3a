import { MOST_SNAPSHOT_BYTES, checkSnapshotFile, type SnapshotCheck } from '@fanfare/contract';

/** What the server this page came from says of a snapshot's hash. */
export type Known = 'same' | 'other' | 'unknown' | 'unasked';

export interface Checked {
  readonly name: string;
  /** `insecure`: this browser computes hashes on https pages alone. */
  readonly check: SnapshotCheck | { readonly result: 'insecure' };
  readonly known: Known;
}

/** Check a file in this browser; of what it holds, its id alone is told to the server. */
export async function verifyFile(file: File): Promise<Checked> {
  const { name } = file;
  if (!globalThis.isSecureContext) return { name, check: { result: 'insecure' }, known: 'unasked' };
  const readable = file.size <= MOST_SNAPSHOT_BYTES;
  const check: SnapshotCheck = readable
    ? await checkSnapshotFile(new Uint8Array(await file.arrayBuffer()))
    : { result: 'foreign' };
  if (check.result !== 'intact' && check.result !== 'rewritten') return { name, check, known: 'unasked' };
  return { name, check, known: await ask(check.heading.id, check.sha256) };
}

async function ask(id: string, sha256: string): Promise<Known> {
  if (!/^[\w-]{22}$/.test(id)) return 'unknown';
  try {
    const answer = await fetch(`/api/v1/snapshots/${id}/sha256`, { cache: 'no-store' });
    if (answer.status === 404) return 'unknown';
    if (!answer.ok) return 'unasked';
    const body = (await answer.json()) as { readonly sha256?: unknown };
    return body.sha256 === sha256 ? 'same' : 'other';
  } catch {
    return 'unasked';
  }
}
