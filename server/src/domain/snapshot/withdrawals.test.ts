import { describe, expect, it } from 'vitest';
import { countedUntil, releaseWithdrawals } from './withdrawals.ts';

const team = (fans: number, k = 10) => releaseWithdrawals(fans, { audience: 'team', k }, 0);
const all = (fans: number) => releaseWithdrawals(fans, { audience: 'public', k: 10 }, 0);

describe('withdrawals since a snapshot', () => {
  it('are told to the team exactly, or as fewer than k', () => {
    expect([0, 10, 11].map((fans) => team(fans).value)).toEqual([0, 10, 11]);
    expect(team(9)).toEqual({ value: null, suppressed: true, k: 10, asOf: '1970-01-01T00:00:00.000Z' });
    expect(team(1, 1).value).toBe(1);
  });

  it('are told to the public in tens, from fifty on', () => {
    expect([0, 49, 54, 58].map((fans) => all(fans).value)).toEqual([0, null, 50, 60]);
    expect(all(49)).toMatchObject({ suppressed: true, k: 50 });
  });

  it('move for the public at each quarter of an hour alone', () => {
    const at = Date.parse('2026-11-22T10:14:59Z');
    expect(countedUntil({ audience: 'team', k: 10 }, at)).toBe(at);
    expect(countedUntil({ audience: 'public', k: 10 }, at)).toBe(Date.parse('2026-11-22T10:00:00Z'));
  });
});
