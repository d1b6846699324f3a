import { DatabaseFault } from './fault.ts';

/**
 * Waits for `work` at most `milliseconds`, then rejects with `timeout`. The work itself goes on and is settled by the
 * pool's own limits: a write that timed out may still be committed, so treat it as unknown and repeat it by its key.
 */
export async function withTimeout<T>(
  work: PromiseLike<T>,
  milliseconds: number,
  what = 'the database',
): Promise<T> {
  const bound = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    bound.reject(new DatabaseFault('timeout', `No answer from ${what} within ${milliseconds} ms`));
  }, milliseconds);
  try {
    return await Promise.race([work, bound.promise]);
  } finally {
    clearTimeout(timer);
  }
}
