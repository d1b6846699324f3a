import { describe, expect, it } from 'vitest';
import { freshnessOf, ServerClock, type Signs } from './freshness.ts';

const asOf = '2026-11-22T10:00:00.000Z';
const base: Signs = { asOf, serverNow: Date.parse(asOf), heard: true, connected: true, paused: false };
const after = (seconds: number, more: Partial<Signs> = {}) =>
  freshnessOf({ ...base, serverNow: base.serverNow + seconds * 1000, ...more });

describe('freshnessOf', () => {
  it('is live for two heartbeats after a frame, and late then', () => {
    expect(after(0)).toEqual({ state: 'live' });
    expect(after(10)).toEqual({ state: 'live' });
    expect(after(45)).toEqual({ state: 'late', seconds: 45 });
  });
  it('does not call a socket live that brought no frame', () => {
    expect(after(0, { heard: false })).toEqual({ state: 'served', asOf });
    expect(after(11, { heard: false, connected: false })).toEqual({ state: 'offline', asOf });
  });
  it('is offline within ten seconds of a drop, and after a minute of silence', () => {
    expect(after(4, { connected: false })).toEqual({ state: 'live' });
    expect(after(6, { connected: false })).toEqual({ state: 'offline', asOf });
    expect(after(11, { connected: false })).toEqual({ state: 'offline', asOf });
    expect(after(61)).toEqual({ state: 'offline', asOf });
  });
  it('says paused before all', () => {
    expect(after(500, { paused: true, connected: false })).toEqual({ state: 'paused', asOf });
  });
});

describe('ServerClock', () => {
  it('follows the least delayed frame, not the wall clock', () => {
    const clock = new ServerClock();
    expect(clock.at(0)).toBeNaN();
    clock.hear(asOf, 1000);
    clock.hear('2026-11-22T10:00:02.000Z', 9000);
    expect(clock.at(9000)).toBe(Date.parse('2026-11-22T10:00:08.000Z'));
    clock.hear('2026-11-22T10:00:09.500Z', 10_000);
    expect(clock.at(10_000)).toBe(Date.parse('2026-11-22T10:00:09.500Z'));
  });
});
