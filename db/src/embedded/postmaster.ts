import type { ChildProcess } from 'node:child_process';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseFault } from '../fault.ts';
import type { Cluster } from './cluster.ts';
import { stopProcess } from './orphans.ts';
import { parsePidFile } from './pidfile.ts';
import { spawnAs } from './runner.ts';

/** Settings of PostgreSQL by name. */
export type Settings = Readonly<Record<string, string>>;

/** A running PostgreSQL: its process id, a promise of its end, and how to stop it. */
export type Postmaster = { pid: number; exited: Promise<string>; stop: () => Promise<void> };

const settings: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '40',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  min_wal_size: '128MB',
  // Segments used again would keep what was erased until they are written over, which may take weeks.
  wal_recycle: 'off',
  // After a crash the whole directory is flushed first: file by file takes seconds, one call for all a few ms.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A killed client's statement ends soon, and its locks with it.
  client_connection_check_interval: '1s',
  // No statement and no value of a row may reach a log: they can hold what a fan wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_min_messages: 'fatal',
};

const largestLog = 4 * 1024 * 1024;
const patienceMs = 120_000;

/**
 * Starts PostgreSQL on 127.0.0.1:`port` and resolves once it accepts connections; rejects with `start_failed` and
 * what it printed when it ends before, takes longer than two minutes (it may have to recover from a crash first), or
 * `signal` aborts. It runs in a session of its own, so that
 * Ctrl-C in a terminal reaches us alone and we close in order.
 */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  changed: Settings,
  signal?: AbortSignal,
): Promise<Postmaster> {
  const { size } = await stat(cluster.logFile).catch(() => ({ size: 0 }));
  if (size > largestLog) await truncate(cluster.logFile);
  const from = size > largestLog ? 0 : size;
  const log = await open(cluster.logFile, 'a', 0o600);
  const flags = Object.entries({ ...settings, ...changed, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawnAs(cluster.runner, cluster.binaries.postgres, ['-D', cluster.directory, ...flags], {
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  });
  const exited = endOf(child);
  await log.close();
  const postmaster = { pid: child.pid ?? 0, exited, stop: () => stop(child) };
  const early = await Promise.race([exited, untilReady(cluster, postmaster.pid, signal)]);
  if (early === 'ready') return postmaster;
  await postmaster.stop();
  const printed = (await readFile(cluster.logFile, 'utf8').catch(() => '')).slice(from).trim().slice(-600);
  throw new DatabaseFault('start_failed', `The database did not start (${early}): ${printed}`);
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (fault) => resolve(fault.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid !== undefined && isAlive(child)) await stopProcess(child.pid, () => isAlive(child));
}

async function untilReady(cluster: Cluster, pid: number, signal?: AbortSignal): Promise<string> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline && signal?.aborted !== true) {
    const text = await readFile(join(cluster.directory, 'postmaster.pid'), 'utf8').catch(() => '');
    const state = parsePidFile(text);
    if (state !== null && state.pid === pid && state.ready) return 'ready';
    await sleep(20);
  }
  return signal?.aborted === true ? 'closing' : 'too slow';
}
