import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs `NAME.ts` of a folder, where NAME is the first argument; the script reads its own arguments from
 * `process.argv.slice(2)`. Without a name, or with an unknown one, says which there are and fails.
 *
 * @param folder absolute path of the folder with the scripts
 * @param command what the person typed, for the help: `pnpm bench`
 */
export async function dispatch(folder: string, command: string): Promise<void> {
  const files = await readdir(folder);
  const names = files.filter((file) => file.endsWith('.ts') && !/^run[.]ts$|[.]test[.]ts$/.test(file));
  const wanted = process.argv[2] ?? '';
  if (!names.includes(`${wanted}.ts`)) {
    const known = names.map((file) => basename(file, '.ts')).sort();
    console.error(`${command} NAME, where NAME is one of: ${known.join(', ') || '(none yet)'}`);
    process.exitCode = 2;
    return;
  }
  process.argv.splice(2, 1);
  await import(pathToFileURL(join(folder, `${wanted}.ts`)).href);
}
