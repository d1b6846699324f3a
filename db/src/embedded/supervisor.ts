import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../fault.ts';
import type { Log } from '../log.ts';
import type { Postmaster } from './postmaster.ts';

/** Keeps a PostgreSQL running until `close`. */
export type Supervisor = { pid: () => number; close: () => Promise<void> };

const firstPauseMs = 100;
const longestPauseMs = 5_000;
const steadyMs = 10_000;

/**
 * Starts PostgreSQL again with `start` whenever it ends by itself: after 100 ms, and after ever longer pauses up to
 * 5 s while it keeps failing or ends within ten seconds. It never gives up: a full disk may have space again.
 * `start` gives up when its signal says so.
 */
export function supervise(
  first: Postmaster,
  start: (signal: AbortSignal) => Promise<Postmaster>,
  log: Log,
): Supervisor {
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  let current = first;
  let pauseMs = firstPauseMs;

  const startAgain = async (): Promise<void> => {
    while (!isClosing()) {
      await sleep(pauseMs, undefined, { signal: closing.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      if (isClosing()) return;
      try {
        current = await start(closing.signal);
        log('info', 'The embedded database is back', { pid: current.pid });
        return;
      } catch (fault) {
        if (!isClosing()) {
          log('error', 'The embedded database did not start again', { reason: messageOf(fault) });
        }
      }
    }
  };

  const watch = async (): Promise<void> => {
    while (!isClosing()) {
      const since = performance.now();
      const end = await current.exited;
      if (isClosing()) return;
      log('error', 'The embedded database ended; starting it again', { pid: current.pid, end });
      if (performance.now() - since > steadyMs) pauseMs = firstPauseMs;
      await startAgain();
    }
  };
  const watching = watch();

  return {
    pid: () => current.pid,
    close: async () => {
      closing.abort();
      await current.stop();
      await watching;
      // It may have been starting again while we closed.
      await current.stop();
    },
  };
}
