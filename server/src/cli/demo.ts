// `pnpm demo [start|remove]`: adds the demonstration brand to a running server, or deletes it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { targetOf } from './target.ts';

const USAGE = `pnpm demo [start|remove] [--url U] [--token T]

  start   makes the demonstration brand when there is none, and lets its stream run (default)
  remove  deletes it with everything about it

The server must be running. Address and token: as for pnpm replay.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { url: { type: 'string' }, token: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const [what = 'start', ...more] = positionals;
  if (values.help) return console.log(USAGE);
  if (more.length > 0 || (what !== 'start' && what !== 'remove')) throw new Error(USAGE);
  const { url, token } = targetOf(values, process.env);
  const answer = await fetch(`${url}/api/v1/demonstration`, {
    method: what === 'start' ? 'POST' : 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  }).catch(() => {
    throw new Error(`no server answers at ${url}: start it with npm start`);
  });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    throw new Error(`the server answers ${answer.status}: ${problem.detail ?? 'no reason given'}`);
  }
  console.log(what === 'start' ? `The demonstration runs: ${url}/b/demo` : 'The demonstration is gone.');
}

const root = join(import.meta.dirname, '../../..');
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
try {
  await main();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 2;
}
