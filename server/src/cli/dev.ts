// `pnpm dev`: the same server on the same port, built and started again whenever a file of it changes.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

const root = join(import.meta.dirname, '../../..');
const node = (cwd: string, ...args: string[]) =>
  spawn(process.execPath, args, { cwd: join(root, cwd), stdio: 'inherit' });

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
await buildWeb(root, (line) => {
  console.log(line);
});
const pages = node('web', join(root, 'web/node_modules/vite/bin/vite.js'), 'build', '--watch');
const server = node('.', '--watch-preserve-output', '--watch', 'server/src/main.ts');

const stop = (signal: NodeJS.Signals): void => {
  pages.kill(signal);
  server.kill(signal);
};
process.on('SIGINT', stop).on('SIGTERM', stop);
server.on('exit', (code) => {
  pages.kill();
  process.exitCode = code ?? 0;
});
