import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds } from './machine.ts';

const MAIN = join(import.meta.dirname, '../../../server/src/main.ts');
/** Bearer token of every server that is started here. */
export const TOKEN = 'bench-token-0123456789012345678901234567890123456789';

export interface ServerOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Flags of Node itself, such as `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
  readonly suppressionK?: number;
  /** How long it may take to be ready, milliseconds. */
  readonly patienceMs?: number;
  /** File its output is added to; by default what it writes of errors is shown. */
  readonly logFile?: string;
  /** Settings beside those every server here has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The server under test, in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Milliseconds from spawn to the first 200 of `/readyz`, and the CPU seconds it took. */
  readonly readyMs: number;
  readonly readyCpu: number;
  readonly exited: () => boolean;
  /** An orderly end (SIGTERM); waits for it. */
  readonly stop: () => Promise<void>;
  /** kill -9; waits for it. Its PostgreSQL lives on. */
  readonly kill: () => Promise<void>;
}

/** Start `node server/src/main.ts` and wait until it is ready. @throws when it ends before or is too slow */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const started = performance.now();
  const log = options.logFile === undefined ? undefined : openSync(options.logFile, 'a', 0o600);
  const child = spawn(process.execPath, ['--disable-warning=FSTDEP023', ...(options.nodeFlags ?? []), MAIN], {
    stdio: ['ignore', log ?? 'ignore', log ?? 'inherit'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOST: '127.0.0.1',
      PORT: String(options.port),
      DATA_DIR: options.dataDir,
      FANFARE_ADMIN_TOKEN: TOKEN,
      DEMONSTRATION: 'off',
      LOG_LEVEL: 'error',
      SUPPRESSION_K: String(options.suppressionK ?? 10),
      ...options.env,
    },
  });
  if (log !== undefined) closeSync(log);
  endWithUs(child);
  const exited = () => child.exitCode !== null || child.signalCode !== null;
  const how = () => `exit code ${child.exitCode ?? 'none'}, signal ${child.signalCode ?? 'none'}`;
  const url = `http://127.0.0.1:${options.port}`;
  try {
    await untilReady(url, exited, started + (options.patienceMs ?? 60_000));
  } catch (fault) {
    const early = how();
    await end(child, 'SIGTERM');
    throw new Error(`the server did not start (${early})`, { cause: fault });
  }
  return {
    url,
    pid: child.pid!,
    readyMs: performance.now() - started,
    readyCpu: cpuSeconds(child.pid!),
    exited,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

/** Whatever ends this process ends the server too, in order, so that its PostgreSQL ends with it. */
function endWithUs(child: ChildProcess): void {
  // A second signal would end the server at once, and leave its PostgreSQL behind.
  const stop = () => child.killed || child.kill('SIGTERM');
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
  if (process.listenerCount('SIGTERM') > 0) return;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(130));
}

async function untilReady(url: string, exited: () => boolean, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    if (exited()) throw new Error('the server ended before it was ready');
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await sleep(25);
  }
  throw new Error('the server was not ready in time');
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const slow = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(slow);
}

/** Where the embedded PostgreSQL of a data folder listens, and its process. */
export async function embeddedDatabase(dataDir: string): Promise<{ url: string; pid: number }> {
  const home = join(dataDir, 'postgres');
  const password = (await readFile(join(home, 'password'), 'utf8')).trim();
  const lines = (await readFile(join(home, 'cluster/postmaster.pid'), 'utf8')).split('\n');
  return {
    pid: Number(lines[0]),
    url: `postgres://fanfare:${password}@127.0.0.1:${lines[3]}/fanfare`,
  };
}
