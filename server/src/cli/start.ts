// What `npm start` runs: the pages are built when their sources changed, then the server starts in this process,
// so that signals and exit codes are the server's own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

// On Ctrl-C the signal comes twice, from the terminal and from npm: the second must not cut the server's grace.
let stopping = false;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    const heard = process.listenerCount(signal) > 1;
    if (!heard && !stopping) process.exit(code);
    stopping = true;
  });
}

const root = join(import.meta.dirname, '../../..');
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
try {
  await buildWeb(root, (line) => {
    console.log(line);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await import('../main.ts');
