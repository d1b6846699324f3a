// What `npm start` runs: the pages are built when their sources changed, then the server starts in this process,
// so that signals and exit codes are the server's own.
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';

try {
  await buildWeb(join(import.meta.dirname, '../../..'), (line) => {
    console.log(line);
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await import('../main.ts');
