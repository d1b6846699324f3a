import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

async function filesBelow(path: string, skip: ReadonlySet<string>): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const kept = entries.filter((entry) => !skip.has(entry.name) && (entry.isDirectory() || entry.isFile()));
  const nested = await Promise.all(kept.map(async (entry) => filesBelow(join(path, entry.name), skip)));
  return nested.flat();
}

/**
 * One hash over names and contents of files.
 *
 * @param root folder that the paths start from
 * @param paths files and folders; folders are read in depth
 * @param skip names of files and folders to leave out
 * @returns a SHA-256 in hexadecimal, the same whatever order the disk lists files in
 * @throws when a path does not exist
 */
export async function fingerprint(
  root: string,
  paths: readonly string[],
  skip: ReadonlySet<string>,
): Promise<string> {
  const nested = await Promise.all(paths.map(async (path) => filesBelow(join(root, path), skip)));
  const hash = createHash('sha256');
  for (const file of nested.flat().sort()) {
    const content = await readFile(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
