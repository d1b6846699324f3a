import type { Sql } from '@fanfare/db';
import { OutOfStep } from '../domain/fault.ts';
import type { BrandRef, Clock } from '../parts.ts';
import { foldHours } from '../store/fold.ts';
import { prune } from '../store/retention.ts';

const MINUTE = 60_000;

/** Work that goes on by itself while the server runs. */
export interface Job {
  start(): void;
  /** End it, and wait for the step that is under way. Safe when it never started. */
  stop(): Promise<void>;
}

/** Jobs as one: started in order, ended together. */
export function allJobs(jobs: readonly Job[]): Job {
  return {
    start: () => jobs.forEach((job) => job.start()),
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}

/**
 * Work done again and again: first after `first` milliseconds, then every `every`, never twice at
 * a time. A run that failed is told and waits for its next turn.
 * @param run may be long when it ends between two of its steps once the signal asks for it
 */
export function periodic(
  run: (signal: AbortSignal) => Promise<void>,
  first: number,
  every: number,
  failed: () => void,
): Job {
  let timers: NodeJS.Timeout[] = [];
  let running: Promise<void> | null = null;
  const ending = new AbortController();
  const turn = () => {
    running ??= run(ending.signal)
      .catch(() => {
        if (!ending.signal.aborted) failed();
      })
      .finally(() => (running = null));
  };
  return {
    start: () => {
      timers = [setTimeout(turn, first), setInterval(turn, every)];
      for (const timer of timers) timer.unref();
    },
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      ending.abort();
      await running;
    },
  };
}

/** Folds minutes into hours every few minutes, and lets go of what is too old once a day. */
export function upkeep(
  sql: Sql,
  clock: Clock,
  brands: { readonly list: () => readonly BrandRef[] },
  log: { readonly warn: (message: string) => void },
): Job {
  type Work = (sql: Sql, brand: BrandRef, now: number, signal: AbortSignal) => Promise<unknown>;
  const each = (work: Work) => async (signal: AbortSignal) => {
    const faults: unknown[] = [];
    for (const brand of brands.list()) {
      signal.throwIfAborted();
      await work(sql, brand, clock(), signal).catch((fault: unknown) => {
        // A brand deleted meanwhile has nothing left to be done; one that fails keeps no other back.
        if (!(fault instanceof OutOfStep)) faults.push(fault);
      });
    }
    if (faults.length > 0) throw faults[0];
  };
  return allJobs([
    periodic(each(foldHours), MINUTE, 5 * MINUTE, () =>
      log.warn('hours could not be folded; tried again soon'),
    ),
    periodic(each(prune), 10 * MINUTE, 1_440 * MINUTE, () =>
      log.warn('old data could not be let go; tried again in a day'),
    ),
  ]);
}
