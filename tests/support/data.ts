import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The folder of real recordings that are not part of this repository, or undefined when it is absent. */
export function dataDir(): string | undefined {
  const folder = resolve(ROOT, process.env['FANFARE_DATA'] ?? '../shared/data');
  return existsSync(folder) ? folder : undefined;
}

/**
 * The path of one recording. Where it is absent the test is skipped, and says so.
 *
 * @param test vitest's context of the running test
 * @param path below the data folder
 */
export function needData(test: { skip: (note?: string) => never }, path: string): string {
  const folder = dataDir();
  const file = folder === undefined ? undefined : join(folder, path);
  if (file !== undefined && existsSync(file)) return file;
  return test.skip(`skipped: ${path} is not there; set FANFARE_DATA to the folder of recordings`);
}
