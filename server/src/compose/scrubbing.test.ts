import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Erasure, ErasureLog } from '../store/erasures.ts';
import { scrubAfterErasures } from './scrubbing.ts';

const erasure = (at: number): Erasure => ({ organisation: 1, id: 1, fan: 1, at });

function stage(old: Erasure[] = []) {
  const all = [...old];
  const log: ErasureLog = {
    add: (more) => Promise.resolve(void all.push(...more)),
    all: () => Promise.resolve(all),
  };
  const scrub = vi.fn(() => Promise.resolve());
  const warn = vi.fn();
  return { scrub, warn, ...scrubAfterErasures(log, Date.now, scrub, warn) };
}

beforeEach(() => void vi.useFakeTimers({ now: 1e12 }));
afterEach(() => void vi.useRealTimers());

describe('cleaning up after erasures', () => {
  it('comes once for a burst, half a minute later, and ten minutes apart', async () => {
    const { scrub, log, job } = stage();
    job.start();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(scrub).toHaveBeenCalledTimes(0);
    await log.add([erasure(Date.now())]);
    await log.add([erasure(Date.now())]);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(scrub).toHaveBeenCalledTimes(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scrub).toHaveBeenCalledTimes(1);
    await log.add([erasure(Date.now())]);
    await vi.advanceTimersByTimeAsync(599_000);
    expect(scrub).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(scrub).toHaveBeenCalledTimes(2);
    await job.stop();
  });

  it('comes after a start that follows an erasure of the last day, and again when it failed', async () => {
    const { scrub, warn, job } = stage([erasure(1e12 - 3_600_000)]);
    scrub.mockRejectedValueOnce(new Error('locked'));
    job.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(warn).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(scrub).toHaveBeenCalledTimes(2);
    await job.stop();
    const late = stage([erasure(1e12 - 2 * 86_400_000)]);
    late.job.start();
    await vi.advanceTimersByTimeAsync(700_000);
    expect(late.scrub).toHaveBeenCalledTimes(0);
    await late.job.stop();
  });
});
