import { DatabaseFault } from './fault.ts';

/** Anything that settles; a query of the driver can also be cancelled. */
export type Bounded<T> = PromiseLike<T> & { cancel?: () => void };

/**
 * Waits for `work` at most `milliseconds`, then cancels it where it can be cancelled and rejects with `timeout`.
 * A write that timed out may still have been committed: treat it as unknown, and repeat it by its key.
 */
export async function withTimeout<T>(
  work: Bounded<T>,
  milliseconds: number,
  what = 'the database',
): Promise<T> {
  const bound = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    bound.reject(new DatabaseFault('timeout', `No answer from ${what} within ${milliseconds} ms`));
    work.cancel?.();
  }, milliseconds);
  try {
    return await Promise.race([work, bound.promise]);
  } finally {
    clearTimeout(timer);
  }
}
