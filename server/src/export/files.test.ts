import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeWhole } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanfare-full-'));
});
afterEach(async () => {
  spawnSync('umount', [folder]);
  await rm(folder, { recursive: true, force: true });
});

it('keeps nothing of a file for which the disk has no room, and what was there stays', async ({ skip }) => {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]);
  if (mounted.status !== 0) return skip('skipped: no small disk can be mounted here, so none was filled');
  const path = join(folder, 'fr.csv');
  await writeWhole(path, Buffer.from('before'));
  await expect(writeWhole(path, Buffer.alloc(1_048_576))).rejects.toMatchObject({ code: 'storage_full' });
  expect(await readdir(folder)).toEqual(['fr.csv']);
  expect(await readFile(path, 'utf8')).toBe('before');
  await writeWhole(path, Buffer.from('after'));
  expect(await readFile(path, 'utf8')).toBe('after');
  return undefined;
});
