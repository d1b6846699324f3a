import { execFile } from 'node:child_process';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { parsePidFile } from './pidfile.ts';

/**
 * Clears what an earlier, killed process left of PostgreSQL on `cluster`: a live postmaster is stopped cleanly,
 * sessions that outlived theirs are ended, a stale pid file is removed. Only PostgreSQL processes that work in this
 * very directory are touched, so a reused process id is never mistaken. Call it while holding the directory's lock.
 */
export async function clearOrphans(cluster: string, log: Log): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  const left = parsePidFile(await readFile(pidFile, 'utf8').catch(() => ''));
  if (left !== null && (await worksIn(left.pid, cluster))) {
    log('warn', 'Stopping the database an earlier process left running', { pid: left.pid });
    await stopProcess(left.pid, () => worksIn(left.pid, cluster));
  }
  await endSessions(cluster, log);
  await rm(pidFile, { force: true });
}

/** Asks a postmaster to stop, ever more firmly: fast for 5 s, immediate for 2 s, then kill. */
export async function stopProcess(pid: number, isAlive: () => boolean | Promise<boolean>): Promise<void> {
  const steps = [
    { signal: 'SIGINT', wait: 5_000 },
    { signal: 'SIGQUIT', wait: 2_000 },
    { signal: 'SIGKILL', wait: 2_000 },
  ] as const;
  for (const { signal, wait } of steps) {
    send(pid, signal);
    const deadline = performance.now() + wait;
    while (performance.now() < deadline) {
      if (!(await isAlive())) return;
      await sleep(20);
    }
  }
}

/** Ends sessions without a postmaster, which would keep a new one from starting. */
async function endSessions(cluster: string, log: Log): Promise<void> {
  for (const signal of ['SIGQUIT', 'SIGKILL', 'SIGKILL'] as const) {
    const pids = await processesIn(cluster);
    if (pids.length === 0) return;
    log('info', 'Ending sessions of a database process that is gone', { pids, signal });
    for (const pid of pids) send(pid, signal);
    const deadline = performance.now() + 1_000;
    while (performance.now() < deadline && (await processesIn(cluster)).length > 0) await sleep(20);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Whether process `pid` is alive and works in `cluster`; PostgreSQL's processes never leave their directory. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') {
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => null)) !== cluster) return false;
    return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim() === 'postgres';
  }
  return new Promise((resolve) => {
    execFile('/bin/ps', ['-o', 'command=', '-p', String(pid)], (_fault, output) => {
      resolve(output.includes(`-D ${cluster}`));
    });
  });
}

async function processesIn(cluster: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    const pid = Number(name);
    if (Number.isInteger(pid) && (await worksIn(pid, cluster))) found.push(pid);
  }
  return found;
}
