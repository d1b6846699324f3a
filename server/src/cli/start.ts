// What `npm start` runs: the pages are built when their sources changed, then the server starts in this process,
// so that signals and exit codes are the server's own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb } from './build-web.ts';
import { mergeRepeatedSignals } from './signals.ts';

mergeRepeatedSignals(process, (code) => process.exit(code));
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
