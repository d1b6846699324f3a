import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Writes a small tree of files into a new temporary folder.
 *
 * @param files contents by path relative to the folder
 * @returns the folder, and a function that removes it
 */
export async function temporaryTree(
  files: Readonly<Record<string, string>>,
): Promise<{ root: string; remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'fanfare-tree-'));
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return { root, remove: async () => rm(root, { recursive: true, force: true }) };
}
