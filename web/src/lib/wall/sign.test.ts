import { describe, expect, it } from 'vitest';
import { ServerClock } from '../freshness.ts';
import { signOf } from './sign.ts';

const AT = Date.parse('2026-11-22T14:32:00Z');
const asOf = new Date(AT).toISOString();
const after = (seconds: number, heard = true, connected = true) =>
  signOf({ asOf, serverNow: AT + seconds * 1_000, heard, connected });

describe('signOf', () => {
  it('is live for two heartbeats, and served before the first frame', () => {
    expect(after(9)).toEqual({ stage: 'live' });
    expect(after(9, false)).toEqual({ stage: 'served', asOf });
  });
  it('tells a lost connection within ten seconds, with its age', () => {
    expect(after(6, true, false)).toEqual({ stage: 'offline', asOf, seconds: 6 });
    expect(after(45)).toEqual({ stage: 'late', asOf, seconds: 45 });
    expect(after(180, true, false)).toEqual({ stage: 'offline', asOf, seconds: 180 });
  });
  it('is too old after half an hour, whatever the connection claims', () => {
    expect(after(1_799, true, false).stage).toBe('offline');
    expect(after(1_800)).toEqual({ stage: 'old', asOf, seconds: 1_800 });
  });
  it('does not ask the clock of the television', () => {
    const clock = new ServerClock();
    clock.hear(asOf, 1_000);
    const serverNow = clock.at(1_000 + 180_000);
    expect(signOf({ asOf, serverNow, heard: true, connected: false })).toMatchObject({ seconds: 180 });
  });
});
