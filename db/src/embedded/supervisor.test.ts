import { describe, expect, it } from 'vitest';
import type { Postmaster } from './postmaster.ts';
import { supervise } from './supervisor.ts';

type Fake = Postmaster & { die: (end: string) => void };

function fake(pid: number): Fake {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { pid, exited: promise, die: resolve, stop: async () => resolve('stopped') };
}

const quiet = (): void => undefined;
const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('the supervisor', () => {
  it('starts again after failures, at growing distances', async () => {
    const first = fake(1);
    const second = fake(2);
    const attempts: number[] = [];
    const up = Promise.withResolvers<void>();
    const supervisor = supervise(
      first,
      async () => {
        attempts.push(performance.now());
        if (attempts.length < 3) throw new Error('no space');
        up.resolve();
        return second;
      },
      quiet,
    );
    first.die('SIGKILL');
    await up.promise;
    await later(1);
    expect(supervisor.pid()).toBe(2);
    const [one = 0, two = 0, three = 0] = attempts;
    expect(two - one).toBeGreaterThan(150);
    expect(three - two).toBeGreaterThan(350);
    await supervisor.close();
    expect(await second.exited).toBe('stopped');
  });

  it('closes while it waits or starts, and starts nothing then', async () => {
    let starts = 0;
    const hanging = (signal: AbortSignal): Promise<Postmaster> => {
      starts++;
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('closing'))));
    };
    for (const wait of [0, 10, 200]) {
      const first = fake(1);
      const supervisor = supervise(first, hanging, quiet);
      first.die('SIGKILL');
      await later(wait);
      await supervisor.close();
    }
    expect(starts).toBe(1);
  });

  it('does not start again what was closed', async () => {
    const first = fake(1);
    const supervisor = supervise(first, () => Promise.reject(new Error('never')), quiet);
    await supervisor.close();
    await later(150);
    expect(await first.exited).toBe('stopped');
  });
});
