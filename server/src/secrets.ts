import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A secret of this installation: read from `dataDir/name`, or made once (256 bits, mode 0600).
 * Two processes that start together agree on the first one written.
 */
export async function secretIn(dataDir: string, name: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, name);
  try {
    const secret = randomSecret();
    await write(path, secret);
    return secret;
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') throw fault;
    return (await readFile(path, 'utf8')).trim();
  }
}

/** The secret of a file, or `null` when there is none. */
export async function readSecret(dataDir: string, name: string): Promise<string | null> {
  try {
    return (await readFile(join(dataDir, name), 'utf8')).trim();
  } catch (fault) {
    if (codeOf(fault) !== 'ENOENT') throw fault;
    return null;
  }
}

const aside = (name: string): string => `${name}.next`;

/** Make the secret that is to follow, beside the present one, and flush it. There must be none yet. */
export async function makeNextSecret(dataDir: string, name: string): Promise<string> {
  const secret = randomSecret();
  await write(join(dataDir, aside(name)), secret);
  await flushFolder(dataDir);
  return secret;
}

/** The secret that is to follow, if one was made. */
export async function nextSecret(dataDir: string, name: string): Promise<string | null> {
  return readSecret(dataDir, aside(name));
}

/** The secret that was to follow takes the place of the present one, which is gone. */
export async function takeNextSecret(dataDir: string, name: string): Promise<void> {
  await rename(join(dataDir, aside(name)), join(dataDir, name));
  await flushFolder(dataDir);
}

/** The secret that was to follow does not follow. */
export async function dropNextSecret(dataDir: string, name: string): Promise<void> {
  await rm(join(dataDir, aside(name)), { force: true });
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** @throws EEXIST when there is such a file */
async function write(path: string, secret: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${secret}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name of a file lasts over a power cut once its folder is flushed. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : null;
}
