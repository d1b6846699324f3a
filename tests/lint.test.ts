import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: ROOT });

/** What the linter says of `code`, if it stood in `file` (which must exist: its types are looked up). */
async function complaints(file: string, code: string): Promise<string> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).map((message) => `${message.ruleId ?? ''} ${message.message}`).join('\n');
}

const PURE = 'server/contract/src/fold.ts';
const EDGE = 'db/src/index.ts';
const ENTRY = 'server/src/cli/fingerprint.ts';
const PAGE = 'web/src/hooks.ts';
const PART = 'web/src/lib/account/Field.svelte';

// The first snippet of each package waits for the types of all of it.
describe('house rules in eslint', { timeout: 90_000 }, () => {
  it.each([
    [EDGE, 'export const a = process.env;', 'Settings are read in main.ts'],
    [EDGE, 'export const a = "NODE_ENV";', 'No switch on NODE_ENV'],
    [EDGE, 'export default 1;', 'Named exports only'],
    [EDGE, 'export const a = 1 as unknown as string;', 'No cast through unknown'],
    [EDGE, "export * as a from 'x'; import './a.js';", 'Import the .ts file'],
    [EDGE, 'export const a: any = 1;', 'no-explicit-any'],
    [EDGE, 'Promise.resolve(1);', 'no-floating-promises'],
    [EDGE, '// @ts-ignore\nexport const a = 1;', 'ban-ts-comment'],
    [EDGE, '// eslint-disable-next-line\nexport const a = 1;', 'has no effect'],
    [EDGE, 'console.log(1);', 'no-console'],
    [PURE, 'export const a = Date.now();', 'A pure file has no clock'],
    [PURE, 'export const a = new Date();', 'A pure file has no clock'],
    [PURE, 'export const a = Math.random();', 'A pure file has no chance'],
    [PURE, 'export const a = crypto.randomUUID();', 'A pure file has no chance'],
    [PAGE, 'export const a = process.env;', 'Settings are read in main.ts'],
    [PAGE, 'export const a: any = 1;', 'no-explicit-any'],
    [PART, '<input id="a" value={location.hash} />', 'A default or a binding'],
    [PART, '<select value={location.hash}></select>', 'A default or a binding'],
    [PART, '<input type="radio" checked={location.hash === ""} />', 'A default or a binding'],
  ])('%s: %s', async (file, code, expected) => {
    expect(await complaints(file, code)).toContain(expected);
  });

  it.each([
    [EDGE, 'export const a = Date.now() + Math.random();'],
    [PURE, 'export const a = new Date(0).toISOString();'],
    [ENTRY, 'export const a = process.env; console.log(a);'],
    [PART, '<input type="hidden" value={location.hash} /><input defaultValue={location.hash} />'],
  ])('%s may say: %s', async (file, code) => {
    expect(await complaints(file, code)).toBe('');
  });
});
