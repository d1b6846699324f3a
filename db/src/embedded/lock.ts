import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf, DatabaseFault } from '../fault.ts';

/** Holds a directory for this process until `release`. */
export type DirectoryLock = { release: () => Promise<void> };

/**
 * Takes `directory` for this process alone, or throws `in_use` naming the holder. The lock is the operating
 * system's own on an (otherwise empty) SQLite file: it ends with its process however that dies, and a reused
 * process id cannot fool it. It also excludes a second taker in the same process.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const holderFile = join(directory, 'holder.json');
  const lock = new DatabaseSync(join(directory, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (fault) {
    lock.close();
    if (codeOf(fault) !== 'ERR_SQLITE_ERROR' || !isBusy(fault)) throw fault;
    const holder = await readFile(holderFile, 'utf8').catch(() => '');
    throw new DatabaseFault('in_use', `${directory} is in use by another Fanfare process${describe(holder)}`);
  }
  await writeFile(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return {
    release: async () => {
      await rm(holderFile, { force: true });
      lock.close();
    },
  };
}

function isBusy(fault: unknown): boolean {
  return typeof fault === 'object' && fault !== null && 'errcode' in fault && fault.errcode === 5;
}

function describe(holder: string): string {
  const match = /"pid":(\d+),"since":"([^"]+)"/.exec(holder);
  return match === null ? '' : ` (process ${match[1]}, since ${match[2]})`;
}
