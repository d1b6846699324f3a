import { describe, expect, it } from 'vitest';
import { withTimeout } from './timeout.ts';

describe('withTimeout', () => {
  it('passes on what comes in time', async () => {
    expect(await withTimeout(Promise.resolve(1), 1_000)).toBe(1);
    await expect(withTimeout(Promise.reject(new Error('no')), 1_000)).rejects.toThrow('no');
  });

  it('rejects what does not, and hears no more of it', async () => {
    const late = Promise.withResolvers<number>();
    await expect(withTimeout(late.promise, 5, 'the test')).rejects.toMatchObject({
      code: 'timeout',
      message: 'No answer from the test within 5 ms',
    });
    late.reject(new Error('too late to matter'));
  });
});
