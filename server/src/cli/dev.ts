// `pnpm dev`: the same server on the same port; after a change the pages are built again and the server restarts.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

const root = join(import.meta.dirname, '../../..');
const WATCHED = ['server', 'db', 'web/src', 'web/messages', 'web/static'];
const MADE = /node_modules|paraglide|[.]test[.]ts$/;
const say = (line: string): void => {
  console.log(line);
};

let server: ChildProcess | undefined;
async function stopServer(): Promise<void> {
  if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function restart(): Promise<void> {
  try {
    await buildWeb(root, say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return;
  }
  await stopServer();
  server = spawn(process.execPath, [join(root, 'server/src/main.ts')], { cwd: root, stdio: 'inherit' });
}

if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
let work = restart();
let timer: NodeJS.Timeout | undefined;
for (const folder of WATCHED) {
  watch(join(root, folder), { recursive: true }, (_event, file) => {
    if (file === null || MADE.test(file)) return;
    clearTimeout(timer);
    // An editor writes a file in several steps; the last one counts.
    timer = setTimeout(() => {
      work = work.then(async () => {
        say(`${folder}/${file} changed`);
        await restart();
      });
    }, 300);
  });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stopServer().then(() => process.exit(0));
  });
}
