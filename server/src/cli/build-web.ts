import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.ts';

const SOURCES = ['web', 'server/contract', 'pnpm-lock.yaml'];
/** Made by a build or by its tools, which write them on first use. */
const MADE = new Set([
  ...['node_modules', 'build', '.svelte-kit', 'paraglide'],
  ...['cache', '.lix', '.meta.json', '.gitignore', 'README.md'],
]);

/** Runs Vite in `web/`; its output is kept back and thrown when it fails. SIGINT and SIGTERM end it too. */
async function runVite(root: string): Promise<void> {
  const web = join(root, 'web');
  const vite = join(web, 'node_modules/vite/bin/vite.js');
  const child = spawn(process.execPath, [vite, 'build'], { cwd: web, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const stop = (signal: NodeJS.Signals): void => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(`the pages could not be built\n${Buffer.concat(output).toString()}`);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/**
 * Builds the pages into `web/build`, unless they were built from these very sources already.
 *
 * @param root the repository
 * @param say receives a line of progress at a time; nothing when there is nothing to do
 * @returns true when something was built
 * @throws with Vite's output when the build fails
 */
export async function buildWeb(root: string, say: (line: string) => void): Promise<boolean> {
  const stamp = join(root, 'web/build/.fingerprint');
  const wanted = await fingerprint(root, SOURCES, MADE);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return false;
  say('Building the pages …');
  const started = performance.now();
  await rm(stamp, { force: true });
  await runVite(root);
  await writeFile(stamp, wanted);
  say(`Built the pages in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return true;
}
