import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseFault, messageOf } from '../fault.ts';
import type { Log } from '../log.ts';
import { findBinaries, majorVersion, type Binaries } from './binaries.ts';
import { chooseRunner, runAs, type Runner } from './runner.ts';

/** A made cluster and everything needed to run it. */
export type Cluster = {
  directory: string;
  logFile: string;
  password: string;
  binaries: Binaries;
  runner: Runner;
};

/** Makes `home`, the folder of the embedded database, which another user must be able to pass. Gives its real path. */
export async function makeHome(home: string): Promise<string> {
  try {
    await mkdir(home, { recursive: true });
    await access(home, constants.W_OK);
    if ((await stat(home)).uid === process.getuid?.()) await chmod(home, 0o711);
    return await realpath(home);
  } catch (fault) {
    throw new DatabaseFault('not_permitted', `${home} cannot be used: ${messageOf(fault)}`, fault);
  }
}

/**
 * Opens the cluster in `home`, or makes it: UTF-8, an ordering by code point that no system update can change, data
 * checksums, and a random password kept in `home/password` (0600). A new cluster appears whole or not at all.
 */
export async function openCluster(home: string, durable: boolean, log: Log): Promise<Cluster> {
  const directory = join(home, 'cluster');
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => null);
  const wanted = version === null ? null : Number(version);
  const { binaries, runner, major } = await chooseBinaries(directory, home, wanted);
  const passwordFile = join(home, 'password');
  const known = (await readFile(passwordFile, 'utf8').catch(() => '')).trim();
  if (wanted !== null && known === '') {
    throw new DatabaseFault(
      'start_failed',
      `${passwordFile} is missing; without it ${directory} cannot be opened`,
    );
  }
  const password = known === '' ? randomBytes(24).toString('base64url') : known;
  if (known === '') await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  const cluster = { directory, logFile: join(home, 'server.log'), password, binaries, runner };
  if (wanted === null) {
    log('info', 'Making the database', { directory, version: major, origin: binaries.origin });
    await initialise(cluster, home, major, durable);
  } else if (runner.mode !== 'self') {
    await own(directory, runner);
  }
  return cluster;
}

async function chooseBinaries(
  directory: string,
  home: string,
  wanted: number | null,
): Promise<{ binaries: Binaries; runner: Runner; major: number }> {
  const reasons: string[] = [];
  let refusal: DatabaseFault | null = null;
  for (const binaries of await findBinaries()) {
    try {
      const runner = await chooseRunner(directory, home, [binaries.postgres, binaries.initdb]);
      const { output } = await runAs(runner, binaries.postgres, ['--version'], 10_000);
      const major = majorVersion(output);
      if (major !== null && major >= 15 && (wanted === null || wanted === major))
        return { binaries, runner, major };
      reasons.push(`${binaries.postgres}: ${major === null ? output.trim() : `version ${major}`}`);
    } catch (fault) {
      if (!(fault instanceof DatabaseFault)) throw fault;
      refusal ??= fault;
    }
  }
  if (refusal !== null) throw refusal;
  const needed =
    wanted === null ? 'PostgreSQL 15 or newer' : `PostgreSQL ${wanted}, which made ${directory},`;
  const seen = reasons.length === 0 ? '' : ` (found ${reasons.join('; ')})`;
  throw new DatabaseFault(
    wanted === null ? 'no_binaries' : 'wrong_version',
    `${needed} was not found${seen}; install it or set DATABASE_URL`,
  );
}

async function initialise(cluster: Cluster, home: string, major: number, durable: boolean): Promise<void> {
  const { runner, binaries } = cluster;
  // A name of its own each time: an initdb that outlived a killed process may still write to the last one.
  for (const name of await readdir(home)) {
    if (name.startsWith('new-'))
      await rm(join(home, name), { recursive: true, force: true }).catch(() => null);
  }
  const fresh = await mkdtemp(join(home, 'new-'));
  const pwFile = `${fresh}.password`;
  await writeFile(pwFile, `${cluster.password}\n`, { mode: 0o600 });
  if (runner.mode !== 'self') {
    await chown(fresh, runner.uid, runner.gid);
    await chown(pwFile, runner.uid, runner.gid);
  }
  const locale =
    major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  const flush = major >= 17 && process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
  const args = [
    `--pgdata=${fresh}`,
    '--username=postgres',
    `--pwfile=${pwFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...locale,
    '--data-checksums',
    '--no-instructions',
    ...(durable ? flush : ['--no-sync']),
  ];
  const { code, output } = await runAs(runner, binaries.initdb, args, 120_000);
  await rm(pwFile, { force: true });
  if (code !== 0) {
    throw new DatabaseFault('start_failed', `The database could not be made: ${output.trim().slice(-600)}`);
  }
  await rename(fresh, cluster.directory);
}

/** Gives the cluster to its runner, where a copy or an earlier run left it to somebody else. */
async function own(path: string, runner: Runner): Promise<void> {
  const { uid } = await lstat(path);
  if (uid === runner.uid) return;
  for (const name of await readdir(path, { recursive: true })) {
    await chown(join(path, name), runner.uid, runner.gid);
  }
  await chown(path, runner.uid, runner.gid);
}
