import { describe, expect, it } from 'vitest';
import { remedyFor } from './watchdog.ts';

/** Runs the watchdog by a clock of its own, one second a step. */
function run(seconds: number, heard: (second: number) => boolean, reloads: boolean) {
  let [heardAt, connectedAt, triedAt]: [number, number, number | null] = [0, 0, null];
  const did: string[] = [];
  for (let s = 1; s <= seconds; s++) {
    const now = s * 1_000;
    if (heard(s)) heardAt = now;
    const remedy = remedyFor({ heardAt, connectedAt, triedAt }, now);
    if (remedy === 'none') continue;
    did.push(`${remedy} ${s}`);
    if (remedy === 'socket') connectedAt = now;
    else if (reloads) [heardAt, connectedAt, triedAt] = [now, now, null];
    else triedAt = now;
  }
  return did;
}

describe('remedyFor', () => {
  it('does nothing while frames arrive, for three days', () => {
    expect(run(3 * 86_400, (s) => s % 5 === 0, true)).toEqual([]);
  });
  it('leaves a short silence to the link', () => {
    expect(run(600, (s) => s < 100 || s > 185, true)).toEqual([]);
  });
  it('takes a new connection after 90 s, and again each 90 s', () => {
    expect(run(300, () => false, true)).toEqual(['socket 90', 'socket 180', 'socket 270']);
  });
  it('loads its pages anew after ten minutes, and starts over', () => {
    expect(run(1_300, () => false, true).filter((did) => did.startsWith('reload'))).toEqual([
      'reload 600',
      'reload 1200',
    ]);
  });
  it('asks each minute as long as the server does not answer', () => {
    const did = run(800, () => false, false).filter((one) => one.startsWith('reload'));
    expect(did).toEqual(['reload 600', 'reload 660', 'reload 720', 'reload 780']);
  });
});
