import { spawn, type ChildProcess } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'node_modules/.bin');

/** What a command left behind. `fault` says why it failed, in one line; undefined when it did not. */
export interface Ran {
  readonly fault: string | undefined;
  readonly output: string;
  readonly seconds: number;
}

const running = new Set<ChildProcess>();

/** Ends a command with everything that it started. */
function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** Ends every running command; for Ctrl-C. */
export function endAll(signal: NodeJS.Signals): void {
  for (const child of running) end(child, signal);
}

/**
 * Runs one command of `node_modules/.bin` in a process group of its own and keeps its output.
 *
 * @param line command and arguments, separated by single spaces
 * @param options `cwd` below the repository; `limit` in seconds, after which it is ended and counts as failed
 */
export async function run(line: string, options: { cwd?: string; limit: number }): Promise<Ran> {
  const [command = '', ...args] = line.split(' ');
  const started = performance.now();
  const output: Buffer[] = [];
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const cwd = join(ROOT, options.cwd ?? '.');
  const child = spawn(command, args, {
    cwd,
    env: {
      ...process.env,
      ...colour,
      PATH: [join(cwd, 'node_modules/.bin'), BIN, process.env['PATH']].join(delimiter),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(child, 'SIGTERM');
    setTimeout(() => {
      end(child, 'SIGKILL');
    }, 5000).unref();
  }, options.limit * 1000);
  const fault = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('close', (code, signal) => {
      if (late) resolve(`ended after its limit of ${options.limit} s`);
      else resolve(code === 0 ? undefined : signal === null ? `exit code ${code}` : `ended by ${signal}`);
    });
  });
  clearTimeout(timer);
  running.delete(child);
  const seconds = (performance.now() - started) / 1000;
  return { fault, output: Buffer.concat(output).toString().trim(), seconds };
}
