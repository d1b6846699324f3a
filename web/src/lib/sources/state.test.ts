import { describe, expect, it } from 'vitest';
import { stateOf } from './state.ts';

const fresh = { paused: false, lastError: null, lastDeliveryAt: null, confirmedAt: null };
const [before, after] = ['2026-11-22T10:00:00.000Z', '2026-11-22T11:00:00.000Z'];

describe('stateOf', () => {
  it('waits, is confirmed, works', () => {
    expect(stateOf(fresh)).toBe('waiting');
    expect(stateOf({ ...fresh, confirmedAt: before })).toBe('confirmed');
    expect(stateOf({ ...fresh, confirmedAt: before, lastDeliveryAt: after })).toBe('working');
  });
  it('is in trouble until a delivery arrives after it', () => {
    const code = 'bad_signature' as const;
    expect(stateOf({ ...fresh, lastError: { code, at: before } })).toBe('trouble');
    expect(stateOf({ ...fresh, lastError: { code, at: after }, lastDeliveryAt: before })).toBe('trouble');
    expect(stateOf({ ...fresh, lastError: { code, at: before }, lastDeliveryAt: after })).toBe('working');
    expect(stateOf({ ...fresh, lastError: { code, at: before }, paused: true })).toBe('paused');
  });
});
