import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { bomOf, type Listed } from './sbom/bom.ts';

/** `pnpm sbom`: every package that runs in production, as CycloneDX 1.6 JSON on standard output. */
const root = new URL('../../../', import.meta.url);
const { packageManager, version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8')) as {
  packageManager: string;
  version: string;
};
const { stdout } = await promisify(execFile)(
  'npx',
  ['--yes', packageManager, 'list', '-r', '--prod', '--json', '--depth', 'Infinity'],
  { cwd: root, maxBuffer: 256 * 1_048_576 },
);
process.stdout.write(`${JSON.stringify(bomOf(version, JSON.parse(stdout) as readonly Listed[]), null, 2)}\n`);
