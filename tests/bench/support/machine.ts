import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { readFileSync, readdirSync } from 'node:fs';

/** One line about the machine: figures mean little without it. */
export function machineFacts(): string {
  const list = cpus();
  const load = loadavg()[0]!.toFixed(1);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${list.length} cores (${list[0]?.model.trim() ?? 'unknown'}), ${memory} GiB, Node ${process.version}, load ${load} at the start`;
}

/**
 * Bind every thread of a process, or its main one alone, to one core, where the system has `taskset` and that
 * core. The children it already has stay where they are. Gives whether it worked.
 */
export function pin(pid: number, core: number, threads: 'all' | 'main' = 'all'): boolean {
  if (core >= cpus().length) return false;
  try {
    const flags = threads === 'all' ? ['-a'] : [];
    execFileSync('taskset', [...flags, '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Resident memory of a process now and at its highest, MiB. */
export function residentMemory(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { now: read('VmRSS'), peak: read('VmHWM') };
}

/** CPU seconds (user and system, all threads) a process has used so far. */
export function cpuSeconds(pid: number): number {
  const [own] = times(pid);
  return own;
}

/** CPU seconds of a process, its living children and those that have ended: of a whole PostgreSQL. */
export function familyCpuSeconds(pid: number): number {
  const [own, ended] = times(pid);
  const living = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return living.reduce((sum, name) => {
    const [seconds, , parent] = times(Number(name));
    return parent === pid ? sum + seconds : sum;
  }, own + ended);
}

/** CPU seconds of a process and of its ended children, and its parent; zeros when it is gone. */
function times(pid: number): [own: number, ended: number, parent: number] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    // Fields 4 and 14 to 17 of proc(5); times are in hundredths of a second.
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number];
    return [(user + system) / 100, (endedUser + endedSystem) / 100, fields[1]!];
  } catch {
    return [0, 0, 0];
  }
}
