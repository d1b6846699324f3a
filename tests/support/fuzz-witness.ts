import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.ts';
import { Fans } from './fans.ts';
import { Follower } from './follower.ts';
import { TRANSPORTS, connect, isChange, type LiveClient } from './live-client.ts';

/** How a healthy client fared beside whatever else was going on. Milliseconds. */
export interface Fared {
  readonly frames: number;
  /** Frames that did not follow the one before. */
  readonly gaps: number;
  readonly longestSilence: number;
  /** Longest wait for the answer to a post of theirs. */
  readonly longestAnswer: number;
}

/** Two readers, one on each transport, and somebody who acts now and then, on a brand of their own. */
export async function witness(app: TestApp, brand: string): Promise<{ end: () => Promise<Fared> }> {
  const fans = new Fans(app, brand);
  await fans.consent(20);
  const readers: [LiveClient, Follower][] = [];
  for (const transport of TRANSPORTS) {
    const live = await connect(transport, app.url);
    const follower = new Follower();
    live.listen((message) => follower.take(message));
    live.watch(brand, '1h');
    await live.next(isChange);
    readers.push([live, follower]);
  }
  let [going, longestAnswer] = [true, 0];
  const acting = (async () => {
    while (going) {
      const began = performance.now();
      const answered = await fans.act(1);
      longestAnswer = Math.max(longestAnswer, answered - began);
      await sleep(250);
    }
  })();
  acting.catch(() => undefined);
  return {
    async end() {
      going = false;
      await acting;
      await sleep(300);
      const silences = readers.flatMap(([live]) => {
        const at = [...live.log.map((one) => one.at), performance.now()];
        return at.slice(1).map((now, i) => now - at[i]!);
      });
      for (const [live] of readers) live.close();
      return {
        frames: readers.reduce((sum, [, { boards, deltas }]) => sum + boards + deltas, 0),
        gaps: readers.reduce((sum, [, { gaps }]) => sum + gaps, 0),
        longestSilence: Math.max(...silences),
        longestAnswer,
      };
    },
  };
}
