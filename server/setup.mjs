// Runs before `npm start` and `npm test`, on any Node ≥ 20 and before anything is installed: plain JavaScript,
// no dependency. Brings pnpm, Node 24 and the packages; does nothing when they are there already.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => `${root}${path}`;
const packages = ['.', 'server', 'server/contract', 'web', 'db'];
const stamp = at('node_modules/.fanfare-installed');
const node = at('node_modules/.bin/node');

/** What an installation follows from: when it changes, the packages are installed again. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  const manifests = packages.map((folder) => `${folder}/package.json`);
  for (const path of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests])
    hash.update(readFileSync(at(path)));
  return hash.digest('hex');
}

function isInstalled(wanted) {
  const folders = packages.every((folder) => existsSync(at(`${folder}/node_modules`)));
  return folders && existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function install(wanted) {
  const { packageManager: pnpm } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  console.log(`Installing the packages with ${pnpm} …`);
  const started = Date.now();
  // --prod=false: an environment meant for production would leave out Node itself.
  const flags = [
    '--frozen-lockfile',
    '--prefer-offline',
    '--prod=false',
    '--config.confirm-modules-purge=false',
  ];
  const run = spawnSync('npx', ['--yes', pnpm, 'install', ...flags], {
    cwd: root,
    stdio: 'inherit',
  });
  if (run.signal) process.kill(process.pid, run.signal);
  if (run.error || run.status !== 0) {
    fail(
      `The packages could not be installed${run.error ? ` (${run.error.message})` : ''}.`,
      run.status || 1,
    );
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (version.status !== 0)
    fail('The packages are installed, but the Node that came with them does not start.');
  writeFileSync(stamp, wanted);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`Installed in ${seconds} s; from here on Node ${version.stdout.trim()}.`);
}

/** Lets git run the project's hooks in a developer's checkout, unless another place was chosen. */
function enableHooks() {
  if (process.env.CI || !existsSync(at('.git'))) return;
  try {
    accessSync(at('.githooks/pre-commit'), constants.X_OK);
  } catch {
    return;
  }
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (git('config', 'core.hooksPath').stdout === '') git('config', 'core.hooksPath', '.githooks');
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Fanfare needs Node 20 or newer to set itself up; this is ${process.version}.`);
}
const wanted = fingerprint();
if (!isInstalled(wanted)) install(wanted);
enableHooks();
