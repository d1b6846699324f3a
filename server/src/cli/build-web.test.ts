import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildWeb } from './build-web.ts';

/** Stands in for Vite: writes a page, or fails when its source says so. */
const FAKE_VITE = `
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
  const source = readFileSync('page.svelte', 'utf8');
  if (source === 'broken') { console.error('page.svelte:1 is broken'); process.exit(3); }
  mkdirSync('build', { recursive: true });
  writeFileSync('build/page.js', source);
`;

describe('building the pages', () => {
  let root: string;
  let said: string[];
  const build = async (): Promise<boolean> => buildWeb(root, (line) => said.push(line));

  beforeEach(async () => {
    said = [];
    root = await mkdtemp(join(tmpdir(), 'fanfare-build-'));
    await mkdir(join(root, 'web/node_modules/vite/bin'), { recursive: true });
    await mkdir(join(root, 'server/contract/src'), { recursive: true });
    await writeFile(join(root, 'web/node_modules/vite/bin/vite.js'), FAKE_VITE);
    await writeFile(join(root, 'web/package.json'), '{ "type": "module" }');
    await writeFile(join(root, 'web/page.svelte'), 'one');
    await writeFile(join(root, 'server/contract/src/index.ts'), 'export {};');
    await writeFile(join(root, 'pnpm-lock.yaml'), '');
  });
  afterEach(async () => rm(root, { recursive: true }));

  it('happens once for the same sources', async () => {
    expect(await build()).toBe(true);
    expect(said[0]).toBe('Building the pages …');
    said = [];
    expect(await build()).toBe(false);
    expect(said).toEqual([]);
  });

  it('happens again when a page or the contract changed', async () => {
    await build();
    await writeFile(join(root, 'web/page.svelte'), 'two');
    expect(await build()).toBe(true);
    expect(await readFile(join(root, 'web/build/page.js'), 'utf8')).toBe('two');
    await writeFile(join(root, 'server/contract/src/index.ts'), 'export const a = 1;');
    expect(await build()).toBe(true);
  });

  it('fails with the words of the builder, and is tried again next time', async () => {
    await writeFile(join(root, 'web/page.svelte'), 'broken');
    await expect(build()).rejects.toThrow('page.svelte:1 is broken');
    await writeFile(join(root, 'web/page.svelte'), 'whole');
    expect(await build()).toBe(true);
  });
});
