import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tell, type Canaries, type CanaryKind } from './canaries.ts';

type Finds = Map<CanaryKind, Set<number>>;

/** Every file below a folder, read byte by byte; found things are grouped by what kind of file it is. */
export interface DiskSearch {
  readonly files: number;
  readonly bytes: number;
  readonly found: ReadonlyMap<string, Finds>;
  /** Of the wrapped keys looked for, how many lie in some file. */
  readonly keys: ReadonlySet<number>;
}

const AREAS: readonly (readonly [RegExp, string])[] = [
  [/pg_wal\//, 'WAL'],
  [/cluster\/base\/|cluster\/global\//, 'tables'],
  [/[.]log$/, 'logs'],
];

/** @param keys byte strings to be looked for besides */
export async function searchFolder(
  folder: string,
  canaries: Canaries,
  keys: readonly Buffer[] = [],
): Promise<DiskSearch> {
  const found = new Map<string, Finds>();
  const seen = new Set<number>();
  let [files, bytes] = [0, 0];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const file = await stat(path).catch(() => null);
    if (!file?.isFile()) continue;
    // A file of a running server may go between two looks.
    const data = await readFile(path).catch(() => null);
    if (!data) continue;
    files++;
    bytes += data.length;
    const area = AREAS.find(([pattern]) => pattern.test(name))?.[1] ?? name.replace(/\d+/g, '…');
    const finds = found.get(area) ?? new Map<CanaryKind, Set<number>>();
    found.set(area, canaries.find(data, canaries.find(name, finds)));
    keys.forEach((key, i) => {
      if (data.includes(key)) seen.add(i);
    });
  }
  return { files, bytes, found, keys: seen };
}

/** What was found, by kind of file; '' for nothing. */
export function tellDisk({ found }: DiskSearch, is?: (n: number) => boolean): string {
  const parts = [...found].map(([area, finds]) => [area, tell(finds, is)] as const);
  return parts.flatMap(([area, text]) => (text ? [`${area}: ${text}`] : [])).join('; ');
}
