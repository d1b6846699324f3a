import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClientMessage } from './live.ts';

const watch = { type: 'watch', brand: 'maison', window: '1h' };

describe('a message of a live client', () => {
  it('asks for a board, from a frame on when it names both epoch and number', () => {
    expect(parseClientMessage(watch)).toEqual(watch);
    expect(parseClientMessage({ ...watch, epoch: 'e', seq: 4 })).toEqual({ ...watch, epoch: 'e', seq: 4 });
    expect(parseClientMessage({ ...watch, seq: 4 })).toEqual(watch);
    expect(parseClientMessage({ ...watch, epoch: 'e' })).toEqual(watch);
  });

  it('gives a board up', () => {
    expect(parseClientMessage({ ...watch, type: 'unwatch', epoch: 5 })).toEqual({
      ...watch,
      type: 'unwatch',
    });
  });

  it('carries nothing else on', () => {
    expect(parseClientMessage({ ...watch, admin: true })).toEqual(watch);
  });

  it('gets a reason when it is wrong', () => {
    for (const [wrong, reason] of [
      [{ type: 'subscribe' }, 'type'],
      [{ type: ['watch'] }, 'type'],
      [{ brand: '' }, 'brand'],
      [{ brand: 'x'.repeat(65) }, 'brand'],
      [{ window: '2h' }, 'window'],
      [{ window: 'toString' }, 'window'],
      [{ epoch: 5, seq: 1 }, 'epoch'],
      [{ epoch: 'x'.repeat(65), seq: 1 }, 'epoch'],
      [{ epoch: 'e', seq: -1 }, 'seq'],
      [{ epoch: 'e', seq: 1.5 }, 'seq'],
      [{ epoch: 'e', seq: '1' }, 'seq'],
      [{ epoch: 'e', seq: 2 ** 53 }, 'seq'],
    ] as const) {
      expect(parseClientMessage({ ...watch, ...wrong })).toMatchObject({
        error: expect.stringContaining(reason) as string,
      });
    }
  });

  it('never throws', () => {
    const fields = {
      type: fc.anything(),
      brand: fc.anything(),
      window: fc.anything(),
      epoch: fc.anything(),
      seq: fc.anything(),
    };
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record(fields)), (value) => {
        const message = parseClientMessage(value);
        return 'error' in message ? message.error.length > 0 : ['watch', 'unwatch'].includes(message.type);
      }),
    );
  });
});
