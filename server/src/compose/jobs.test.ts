import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { periodic } from './jobs.ts';

describe('periodic work', () => {
  it('ends a long run between two of its steps when it is stopped', async () => {
    let [steps, faults] = [0, 0];
    const job = periodic(
      async (signal) => {
        for (;;) {
          signal.throwIfAborted();
          await soon();
          steps++;
        }
      },
      0,
      60_000,
      () => faults++,
    );
    job.start();
    await expect.poll(() => steps).toBeGreaterThan(3);
    await job.stop();
    const done = steps;
    await soon();
    expect([steps, faults]).toEqual([done, 0]);
  });

  it('tells of a run that failed, and goes on', async () => {
    let [runs, faults] = [0, 0];
    const job = periodic(
      () => Promise.reject(new Error(String(runs++))),
      0,
      5,
      () => faults++,
    );
    job.start();
    await expect.poll(() => runs).toBeGreaterThan(2);
    await job.stop();
    expect(faults).toBe(runs);
  });

  it('is stopped although it never started', async () => {
    await periodic(
      () => Promise.resolve(),
      0,
      1,
      () => undefined,
    ).stop();
  });
});
