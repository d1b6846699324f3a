import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { DatabaseFault } from '../fault.ts';

/** Who runs PostgreSQL's programs: ourselves, or (PostgreSQL refuses root) another user root switches to. */
export type Runner = { uid: number; gid: number; mode: 'self' | 'switch' | 'switch-with-access' };

// Nothing of our own environment reaches PostgreSQL: it may hold secrets, or settings meant for other tools.
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Starts a program as the runner. */
export function spawnAs(
  runner: Runner,
  program: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const base = { ...options, env: environment };
  if (runner.mode === 'self') return spawn(program, args, base);
  const { uid, gid } = runner;
  if (runner.mode === 'switch') return spawn(program, args, { ...base, uid, gid });
  const access = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  return spawn('setpriv', [...user, ...access, '--', program, ...args], base);
}

/** Runs a program to its end. Resolves with its exit code (null: killed or not startable) and all it printed. */
export function runAs(
  runner: Runner,
  program: string,
  args: string[],
  timeoutMs: number,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawnAs(runner, program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (fault) => resolve({ code: null, output: fault.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/**
 * Chooses who runs PostgreSQL for the cluster at `cluster` (which may not exist yet) inside `parent`.
 * Not root: ourselves. Root: the cluster's owner, else `postgres`, else `nobody`; when that user cannot reach the
 * programs or the directory (a clone under /root), it is given the one capability to pass directories.
 */
export async function chooseRunner(cluster: string, parent: string, programs: string[]): Promise<Runner> {
  const own = process.getuid?.() ?? -1;
  const owner = await stat(cluster).catch(() => null);
  if (own !== 0) {
    if (owner !== null && own !== -1 && owner.uid !== own) {
      throw new DatabaseFault('not_permitted', `${cluster} belongs to user ${owner.uid}, not to user ${own}`);
    }
    return { uid: own, gid: process.getgid?.() ?? -1, mode: 'self' };
  }
  const user =
    owner !== null && owner.uid !== 0
      ? { uid: owner.uid, gid: owner.gid }
      : findUser(await readFile('/etc/passwd', 'utf8').catch(() => ''));
  for (const mode of ['switch', 'switch-with-access'] as const) {
    const runner = { ...user, mode };
    if (await reaches(runner, parent, programs)) return runner;
  }
  throw new DatabaseFault(
    'not_permitted',
    `PostgreSQL does not run as root, and user ${user.uid} cannot reach ${parent} or ${programs.join(', ')}: ` +
      'move them to a place that everyone may enter, run Fanfare as an ordinary user, or set DATABASE_URL',
  );
}

async function reaches(runner: Runner, parent: string, programs: string[]): Promise<boolean> {
  const script = 'cd "$1" && shift && for p in "$@"; do "$p" --version || exit 1; done';
  const { code } = await runAs(runner, '/bin/sh', ['-c', script, 'sh', parent, ...programs], 10_000);
  return code === 0;
}

/** The user to run as, from the text of /etc/passwd: `postgres`, else `nobody`, else 65534. */
export function findUser(passwd: string): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    const match = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd);
    if (match !== null && match[1] !== '0') return { uid: Number(match[1]), gid: Number(match[2]) };
  }
  return { uid: 65534, gid: 65534 };
}
