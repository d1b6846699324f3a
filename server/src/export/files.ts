import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../domain/fault.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Size of a file in bytes, `null` when there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? found.size : null;
}

/**
 * Write a file whole: aside, flushed, then put in its place, so that nobody ever reads half of one.
 * @throws Fault storage_full when the disk is; nothing is left behind then
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  const aside = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    await flushFolder(folder);
  } catch (fault) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (fault instanceof Error && 'code' in fault && FULL.has(String(fault.code)))
      throw new Fault('storage_full', undefined, { cause: fault });
    throw fault;
  }
}

/** Not every system lets a folder be flushed. */
async function flushFolder(folder: string): Promise<void> {
  const place = await open(folder, 'r').catch(() => null);
  if (!place) return;
  await place.sync().catch(() => undefined);
  await place.close();
}

/** Remove folders in which nothing was written since an instant (ms), and what a crash left behind. */
export async function sweep(folder: string, since: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < since) await rm(path, { recursive: true, force: true });
  }
}
