import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOMS, type Room } from './architecture.ts';

async function readPage(root: string): Promise<string> {
  return readFile(join(root, 'ARCHITECTURE.md'), 'utf8');
}

/** What a line of the page says of a folder that a later change will bring. */
const LATER = 'not built yet';

/** Whether there is such a file, or such a folder with something in it (git keeps no empty one). */
async function isThere(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  return found.isFile() || (await readdir(path)).length > 0;
}

/**
 * Compares the paths that ARCHITECTURE.md puts in backticks with the tree.
 *
 * @returns what stands in `server/src` and is not named, and lines naming a path that is not there (or that
 *   is there while the line still says "not built yet")
 */
export async function pathsNamed(root: string): Promise<{ missing: string[]; wrong: string[] }> {
  const named = new Set<string>();
  const wrong: string[] = [];
  for (const line of (await readPage(root)).split('\n')) {
    for (const [, path = ''] of line.matchAll(/`((?:server|web|db|tests)\/[\w./-]*)`/g)) {
      named.add(path);
      if ((await isThere(join(root, path))) === line.includes(LATER)) wrong.push(line);
    }
  }
  const entries = await readdir(join(root, 'server/src'), { withFileTypes: true });
  const missing: string[] = [];
  for (const entry of entries) {
    const path = `server/src/${entry.name}${entry.isDirectory() ? '/' : ''}`;
    const counts = !path.endsWith('.test.ts') && (await isThere(join(root, path)));
    if (counts && !named.has(path)) missing.push(path);
  }
  return { missing, wrong };
}

function inWords(room: Room): string {
  if (room.sees === 'everything') return 'everything';
  const types = (room.seesTypes ?? []).map((name) => `types of ${name}`);
  return [...room.sees, ...types].join(', ') || 'nothing of ours';
}

/** The table of rooms as the page writes it and as the rules have it: path → what it may import. */
export async function mapOfRooms(
  root: string,
): Promise<{ written: Record<string, string>; ruled: Record<string, string> }> {
  const rows = [...(await readPage(root)).matchAll(/^\| `([^`]+)` *\|.*\| ([^|]+) \|$/gm)];
  return {
    written: Object.fromEntries(rows.map(([, path = '', sees = '']) => [path, sees.trim()])),
    ruled: Object.fromEntries(ROOMS.map((room) => [room.path, inWords(room)])),
  };
}
