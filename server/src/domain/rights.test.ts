import { describe, expect, it } from 'vitest';
import { daysLeft, dueOf, mayExtend, showRequest, stateOf, type RightsRequest } from './rights.ts';

const PARIS = 'Europe/Paris';
const at = (text: string) => Date.parse(text);
const due = (received: string, zone = PARIS, state: 'open' | 'extended' = 'open') =>
  new Date(dueOf(at(received), zone, state)).toISOString();
const request: RightsRequest = {
  id: 7,
  kind: 'rectification',
  channel: 'mail',
  received: at('2026-10-22T10:00:00Z'),
  due: dueOf(at('2026-10-22T10:00:00Z'), PARIS),
  extended: null,
  closed: null,
  outcome: null,
  person: { network: 'facebook', fan: '998877' },
  note: 'my name',
  reason: null,
  answer: null,
};

describe('dueOf', () => {
  it('is the end of the same day a month later', () => {
    expect(due('2026-11-22T10:00:00Z')).toBe('2026-12-22T22:59:59.999Z');
  });
  it('takes the last day of a shorter month', () => {
    expect(due('2026-01-31T12:00:00Z')).toBe('2026-02-28T22:59:59.999Z');
    expect(due('2028-01-30T12:00:00Z')).toBe('2028-02-29T22:59:59.999Z');
    expect(due('2026-08-31T12:00:00Z')).toBe('2026-09-30T21:59:59.999Z');
    // And the 28th of February gives the 28th of March, not its end.
    expect(due('2026-02-28T12:00:00Z')).toBe('2026-03-28T22:59:59.999Z');
  });
  it('goes by the day of the brand, not of UTC', () => {
    expect(due('2026-10-31T23:30:00Z')).toBe('2026-12-01T22:59:59.999Z');
    expect(due('2026-10-31T23:30:00Z', 'America/New_York')).toBe('2026-12-01T04:59:59.999Z');
  });
  it('ends at midnight of the wall clock on both sides of a change', () => {
    // Received in winter time, due in summer time: 23 hours fewer than so many days.
    expect(due('2026-03-10T10:00:00Z')).toBe('2026-04-10T21:59:59.999Z');
    expect(due('2026-10-10T10:00:00Z')).toBe('2026-11-10T22:59:59.999Z');
    // The last day is the day of the change itself: 23 and 25 hours long.
    expect(due('2026-02-28T23:30:00Z')).toBe('2026-04-01T21:59:59.999Z');
    expect(due('2026-09-25T10:00:00Z')).toBe('2026-10-25T22:59:59.999Z');
  });
  it('gives three months from the receipt when extended, not one more month from the clipped day', () => {
    expect(due('2026-11-30T10:00:00Z', PARIS, 'extended')).toBe('2027-02-28T22:59:59.999Z');
    expect(due('2026-01-31T10:00:00Z', PARIS, 'extended')).toBe('2026-04-30T21:59:59.999Z');
  });
});

describe('states', () => {
  it('is open, then extended once, then closed', () => {
    const now = request.due - 1;
    expect([stateOf(request), mayExtend(request, now)]).toEqual(['open', true]);
    const extended = { ...request, extended: now };
    expect([stateOf(extended), mayExtend(extended, now)]).toEqual(['extended', false]);
    const closed = { ...extended, closed: now };
    expect([stateOf(closed), mayExtend(closed, now)]).toEqual(['closed', false]);
    expect(mayExtend(request, request.due + 1)).toBe(false);
  });
  it('counts whole days of the calendar', () => {
    const left = (text: string) => daysLeft(request, at(text), PARIS);
    expect(left('2026-10-22T10:00:00Z')).toBe(31);
    // A quarter of an hour before midnight, and after.
    expect(left('2026-11-22T22:45:00Z')).toBe(0);
    expect(left('2026-11-22T23:15:00Z')).toBe(-1);
  });
});

describe('showRequest', () => {
  it('tells the team who asked, and nobody else', () => {
    const now = request.due + 1;
    expect(showRequest(request, now, PARIS, 'team')).toMatchObject({
      person: request.person,
      late: true,
      daysLeft: -1,
    });
    expect(showRequest(request, now, PARIS, 'fan').person).toBeNull();
  });
  it('calls late what was closed late, for ever', () => {
    const shown = (closed: number) =>
      showRequest({ ...request, closed }, at('2030-01-01T00:00:00Z'), PARIS, 'team');
    expect(shown(request.due)).toMatchObject({ late: false, daysLeft: null, state: 'closed' });
    expect(shown(request.due + 1).late).toBe(true);
  });
});
