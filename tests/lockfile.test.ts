import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('every package of the lock file is one of the registry, held by its SHA-512', async () => {
  const lock = await readFile(join(import.meta.dirname, '../pnpm-lock.yaml'), 'utf8');
  const resolutions = lock.match(/^ {4}resolution: .*$/gm) ?? [];
  expect(resolutions.length).toBeGreaterThan(300);
  const odd = resolutions.filter(
    (line) => !/^ {4}resolution: \{integrity: sha512-[\w+/]{86}==\}$/.test(line),
  );
  expect(odd).toEqual([]);
});
