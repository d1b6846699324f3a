/** What PostgreSQL writes in `postmaster.pid`. */
export type PidFile = { pid: number; ready: boolean };

/** Reads the text of `postmaster.pid`: line 1 is the process id, line 8 the state. Null when it is cut short. */
export function parsePidFile(text: string): PidFile | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}
