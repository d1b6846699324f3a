import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOMS } from './architecture.ts';

const FOLDERS = ['server', 'web', 'db', 'tests'];
const MADE = new Set(['node_modules', 'build', '.svelte-kit', 'paraglide', 'migrations', 'data']);
const SOURCE = /[.](ts|js|mjs|svelte|css)$/;
const LIMIT = 250;

/** Every source file somebody wrote, relative to `root`, sorted. */
export async function listSources(root: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory() && !MADE.has(entry.name)) await walk(path);
      else if (entry.isFile() && SOURCE.test(entry.name)) found.push(path);
    }
  };
  for (const folder of FOLDERS) await walk(folder);
  return found.sort();
}

/** The files above 250 lines whose first lines give no reason (`long: …`), as `path: n lines`. */
export async function filesTooLong(root: string, files: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const file of files) {
    const lines = (await readFile(join(root, file), 'utf8')).trimEnd().split('\n');
    const reason = lines.slice(0, 5).some((line) => /\blong: \S/.test(line));
    if (lines.length > LIMIT && !reason) found.push(`${file}: ${lines.length} lines`);
  }
  return found;
}

/** The files of `server/src` that belong to no room. */
export function strays(files: readonly string[]): string[] {
  return files.filter(
    (file) => file.startsWith('server/src/') && !ROOMS.some(({ path }) => file.startsWith(path)),
  );
}
