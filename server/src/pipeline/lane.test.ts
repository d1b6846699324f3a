import type { EventBody } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { Lane, type Request } from './lane.ts';

const ONE = [{}] as EventBody[];
const NONE = { counted: 0, duplicate: 0, refused: 0, quarantined: 0 };

/** A lane that notes the sizes of its batches; each commit ends when `release` is called. */
function stage() {
  const batches: number[] = [];
  const held: (() => void)[] = [];
  const commit = async (requests: readonly Request[], _prepared: null, previous: Promise<void>) => {
    batches.push(requests.length);
    await new Promise<void>((resolve) => held.push(resolve));
    await previous;
    for (const { done } of requests) done.resolve(NONE);
  };
  const lane = new Lane<null>({ prepare: () => Promise.resolve(null), commit });
  const release = () => held.splice(0).forEach((end) => end());
  return { batches, lane, release };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a queue of requests with one event each', () => {
  it('sends the first of many on while the others still arrive', async () => {
    const { batches, lane, release } = stage();
    const answers: Promise<unknown>[] = [];
    // As sockets are read: one after the other in the same turn, each with its own microtasks.
    for (let i = 0; i < 200; i++) {
      answers.push(lane.events(ONE));
      for (let tick = 0; tick < 20; tick++) await Promise.resolve();
    }
    expect(batches[0]).toBeLessThan(100);
    while (batches.reduce((sum, size) => sum + size, 0) < 200) {
      release();
      await turn();
    }
    release();
    await Promise.all(answers);
    expect(batches.length).toBeLessThan(8);
  });

  it('lets few that arrive in one turn share a commit', async () => {
    const { batches, lane, release } = stage();
    const answers = Array.from({ length: 20 }, () => lane.events(ONE));
    await turn();
    await turn();
    expect(batches).toEqual([20]);
    release();
    await Promise.all(answers);
  });
});
