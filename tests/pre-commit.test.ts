import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const noGit = spawnSync('git', ['--version']).status !== 0;
if (noGit) console.log('skipped: there is no git here to commit with');

let home = '';
const git = (...args: string[]) => spawnSync('git', args, { cwd: home, encoding: 'utf8' });
const as = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];

/** Commit one file. @returns what git says, and whether it did */
function commit(path: string, text: string): { readonly said: string; readonly done: boolean } {
  writeFileSync(join(home, path), text);
  git('add', path);
  const { status, stderr } = git(...as, 'commit', '-m', 'Add a file');
  return { said: stderr, done: status === 0 };
}

describe.skipIf(noGit)('what git runs before a commit', () => {
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'fanfare-commit-'));
    for (const name of [
      '.githooks',
      'eslint.config.js',
      '.prettierrc.json',
      '.prettierignore',
      'tsconfig.json',
    ])
      cpSync(join(ROOT, name), join(home, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
    mkdirSync(join(home, 'db'));
    git('init', '--quiet');
    git('config', 'core.hooksPath', '.githooks');
  });
  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it.each([
    ['a file that is not formatted', 'db/a.ts', 'export const a   = 1;\n', 'prettier --write'],
    ['a file the linter has something against', 'db/b.ts', 'export default 1;\n', 'Named exports only'],
    ['a file of more than 250 lines', 'db/c.ts', '// One of many.\n'.repeat(251), '251 lines'],
  ])('refuses %s', (_what, path, text, why) => {
    const { said, done } = commit(path, text);
    expect(said).toContain(why);
    expect(done).toBe(false);
    git('rm', '--cached', '--quiet', path);
  });

  it('takes a good file, and a long one that says why', () => {
    expect(commit('db/d.ts', 'export const d = 1;\n')).toMatchObject({ done: true });
    expect(commit('db/e.ts', `// long: a list.\n${'// One of many.\n'.repeat(251)}`)).toMatchObject({
      done: true,
    });
  });
});
