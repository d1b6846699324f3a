import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packed, { inflate } from '@sparticuz/chromium';

/** A browser that can be started: its binary, and a folder of shared libraries when it brings its own. */
export interface Chromium {
  readonly path: string;
  readonly libraries?: string;
}

const USUAL = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PACKAGES = ['chromium', 'fonts-noto-color-emoji'];

const say = (line: string): boolean => process.stderr.write(`${line}\n`);
const installed = (): Chromium | undefined => {
  const path = USUAL.find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : { path };
};

function installFromDebian(): Chromium | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  say('Installing Chromium for the browser tests (Debian package, once, about a minute) …');
  const started = performance.now();
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): string | undefined => {
    const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
    const run = spawnSync('apt-get', [...options, ...args], { env, encoding: 'utf8', timeout: 300_000 });
    return run.status === 0 ? undefined : (run.stderr || String(run.error ?? run.signal)).trim();
  };
  const fault = apt('update') ?? apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  if (fault !== undefined) say(`apt-get could not install Chromium: ${fault}`);
  const found = installed();
  if (found !== undefined)
    say(`Installed ${found.path} in ${Math.round((performance.now() - started) / 1000)} s.`);
  return found;
}

/**
 * The Chromium that ships inside the npm package, unpacked into the temporary folder. It needs NSS and Expat;
 * where the system lacks them, the copies that come with the package are used.
 */
async function unpackFromNpm(): Promise<Chromium> {
  const path = await packed.executablePath();
  const linked = spawnSync('ldd', [path], { encoding: 'utf8' });
  if (linked.status === 0 && !linked.stdout.includes('not found')) return { path };
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  await inflate(join(dirname(entry), '..', 'bin', 'al2023.tar.br'));
  return { path, libraries: join(tmpdir(), 'al2023', 'lib') };
}

/**
 * Finds a Chromium, or installs one: `CHROMIUM_PATH`, then the usual places, then the Debian package (as root),
 * then the copy that ships in npm.
 *
 * @throws when `CHROMIUM_PATH` names no file, or this machine can run none of them
 */
export async function ensureChromium(): Promise<Chromium> {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
    return { path: named };
  }
  return installed() ?? installFromDebian() ?? (await unpackFromNpm());
}
