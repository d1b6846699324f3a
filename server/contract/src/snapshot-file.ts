import { canonical } from './canonical.ts';
import { SNAPSHOT_FORMAT } from './snapshot.ts';

/** Larger than any snapshot, bytes. */
export const MOST_SNAPSHOT_BYTES = 16 * 1_048_576;

/** What a snapshot says of itself, as far as a check shows it. */
export interface SnapshotHeading {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly window: string;
  readonly timeZone: string;
  readonly createdAt: string;
}

/**
 * `intact`: byte for byte what was made. `rewritten`: the values are right, but another program wrote
 * the file anew. `altered`: the values do not have the hash the file states. `foreign`: no snapshot,
 * or too damaged to be read as one.
 */
export type SnapshotCheck =
  | { readonly result: 'intact' | 'rewritten'; readonly sha256: string; readonly heading: SnapshotHeading }
  | { readonly result: 'altered'; readonly sha256: string; readonly stated: string }
  | { readonly result: 'foreign' };

/**
 * The text of a snapshot's file, itself canonical: `{"sha256":…,"snapshot":…}`.
 * @param text canonical text of the snapshot @param sha256 its hash, hexadecimal
 */
export function snapshotFile(text: string, sha256: string): string {
  return `{"sha256":"${sha256}","snapshot":${text}}`;
}

/** Check a snapshot's file against the hash it carries; needs nothing but the file. Never throws. */
export async function checkSnapshotFile(bytes: Uint8Array): Promise<SnapshotCheck> {
  const [file, envelope] = read(bytes);
  const { snapshot, sha256: stated } = envelope ?? {};
  const heading = headingOf(snapshot);
  if (!heading || typeof stated !== 'string' || !/^[0-9a-f]{64}$/.test(stated)) return { result: 'foreign' };
  const text = textOf(snapshot);
  if (text === null) return { result: 'foreign' };
  const sha256 = await hash(text);
  if (sha256 !== stated) return { result: 'altered', sha256, stated };
  return { result: file === snapshotFile(text, sha256) ? 'intact' : 'rewritten', sha256, heading };
}

type Fields = Readonly<Record<string, unknown>>;

function read(bytes: Uint8Array): [text: string, envelope: Fields | null] {
  if (bytes.length > MOST_SNAPSHOT_BYTES) return ['', null];
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return [text, fieldsOf(JSON.parse(text))];
  } catch {
    return ['', null];
  }
}

function textOf(snapshot: unknown): string | null {
  try {
    return canonical(snapshot);
  } catch {
    return null;
  }
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function headingOf(snapshot: unknown): SnapshotHeading | null {
  const of = fieldsOf(snapshot);
  if (of?.['format'] !== SNAPSHOT_FORMAT) return null;
  const [brand, window] = [fieldsOf(of['brand']), fieldsOf(of['window'])];
  const heading = {
    id: of['id'],
    title: of['title'],
    brand: brand?.['name'],
    window: window?.['name'],
    timeZone: window?.['timeZone'],
    createdAt: of['createdAt'],
  };
  return isHeading(heading) ? heading : null;
}

function isHeading(heading: Record<keyof SnapshotHeading, unknown>): heading is SnapshotHeading {
  return Object.values(heading).every((value) => typeof value === 'string');
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}
