import { describe, expect, it } from 'vitest';
import { isFault, parseConsent, parseEvent, type EventBody } from '@fanfare/contract';
import { actsBetween } from './acts.ts';
import { eventsBetween } from './engagements.ts';
import { liveRate } from './rhythm.ts';
import { createWorld } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-22T19:30:00Z');
const world = createWorld(1, NOW);
const lastHour = eventsBetween(world, NOW - HOUR, NOW, NOW);

function parsed(events: readonly object[]): EventBody[] {
  return events.map((event) => {
    const body = parseEvent(event, NOW);
    if (isFault(body)) throw new Error(body.detail);
    return body;
  });
}

describe('the invented engagements', () => {
  it('follow from the seed alone', () => {
    expect(eventsBetween(createWorld(1, NOW), NOW - HOUR, NOW, NOW)).toEqual(lastHour);
    expect(eventsBetween(createWorld(2, NOW), NOW - HOUR, NOW, NOW)).not.toEqual(lastHour);
  });

  it('are the same however they are cut', () => {
    const cuts = [0, 7, 31_000, 31_001, 20 * 60_000, HOUR];
    const pieces = cuts
      .slice(1)
      .flatMap((end, i) => eventsBetween(world, NOW - HOUR + cuts[i]!, NOW - HOUR + end, NOW));
    expect(pieces).toEqual(lastHour);
  });

  it('keep their ids and content when told later and thinner', () => {
    const first = new Map(lastHour.map((event) => [`${event.id} ${event.verb}`, event]));
    const later = eventsBetween(world, NOW - HOUR, NOW, NOW + 6 * HOUR);
    expect(later.length).toBeLessThan(lastHour.length / 3);
    for (const event of later) expect(first.get(`${event.id} ${event.verb}`)).toEqual(event);
  });

  it('pass the door, each id once but for edits and removals', () => {
    const bodies = parsed(lastHour);
    const added = bodies.filter(({ verb }) => verb === 'add');
    expect(new Set(added.map(({ id }) => id)).size).toBe(added.length);
    const verbs = bodies.map(({ verb }) => verb);
    expect(verbs).toContain('edit');
    expect(verbs).toContain('remove');
    expect(added.length / bodies.length).toBeGreaterThan(0.9);
  });

  it('are 3 to 6 a second, more in the evening than at night', () => {
    const rates = Array.from({ length: 1_440 }, (_, i) => liveRate(1, NOW - i * 60_000));
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...rates)).toBeLessThanOrEqual(6);
    expect(Math.max(...rates)).toBeGreaterThan(4.5);
    expect(lastHour.length / 3_600).toBeGreaterThan(2);
  });

  it('come from enough people, on many objects, in both languages', () => {
    const perMinute = new Map<string, Set<string>>();
    const perObject = new Map<string, Set<string>>();
    for (const { fan, object, occurredAt, verb } of lastHour) {
      if (verb !== undefined) continue;
      const minute = occurredAt.slice(0, 16);
      perMinute.set(minute, (perMinute.get(minute) ?? new Set()).add(fan ?? ''));
      if (object) perObject.set(object, (perObject.get(object) ?? new Set()).add(fan ?? ''));
    }
    const whole = [...perMinute.values()].slice(1, -1);
    expect(Math.min(...whole.map((fans) => fans.size))).toBeGreaterThan(30);
    expect([...perObject.values()].filter((fans) => fans.size >= 15).length).toBeGreaterThan(10);
    expect(new Set(lastHour.flatMap(({ objectOwner }) => objectOwner ?? [])).size).toBeGreaterThan(50);
    const languages =
      lastHour.filter(({ lang }) => lang === 'fr').length / lastHour.filter(({ text }) => text).length;
    expect(languages).toBeGreaterThan(0.55);
    expect(languages).toBeLessThan(0.85);
    expect(new Set(lastHour.flatMap(({ text }) => text ?? [])).size).toBeGreaterThan(1_000);
  });

  it('thin out with age, and never stop', () => {
    const days = [1, 3, 10, 29].map(
      (day) => eventsBetween(world, NOW - day * DAY, NOW - (day - 1) * DAY, NOW).length,
    );
    expect(days[0]).toBeGreaterThan(days[1]!);
    expect(Math.min(...days)).toBeGreaterThan(700);
  });
});

describe('the invented consents', () => {
  const first = actsBetween(world, Number.NEGATIVE_INFINITY, NOW);

  it('pass the door, and about 30 % of the people never give one', () => {
    for (const act of first.consents) expect(isFault(parseConsent(act, NOW))).toBe(false);
    expect(first.consents.length / world.crowd.present(NOW)).toBeCloseTo(0.7, 1);
    const consenting = new Set(first.consents.map(({ fan }) => fan));
    const refused = lastHour.filter(
      ({ fan, verb }) => verb !== 'remove' && !consenting.has(fan ?? ''),
    ).length;
    expect(refused / lastHour.length).toBeGreaterThan(0.2);
    expect(refused / lastHour.length).toBeLessThan(0.4);
  });

  it('are withdrawn now and then, and given again later with a new instant', () => {
    const [from, to] = [NOW + HOUR, NOW + 3 * HOUR];
    const left = new Map<string, number>();
    const back: number[] = [];
    for (let at = from; at < to; at += 1_000) {
      const { consents, leavings } = actsBetween(world, at, at + 1_000);
      for (const act of consents) {
        const since = left.get(act.fan);
        if (since !== undefined) back.push(Date.parse(act.at) - since);
      }
      for (const { fan } of leavings) left.set(fan, at);
    }
    expect(left.size).toBeGreaterThan(20);
    expect(back.length).toBeGreaterThan(left.size / 2);
    expect(Math.min(...back)).toBeGreaterThan(60_000);
  });

  it('leave out the withdrawals that a sleep made it miss, but not the newcomers', () => {
    const { consents, leavings } = actsBetween(world, NOW + HOUR, NOW + DAY);
    expect(leavings.length).toBeLessThan(10);
    expect(consents.length).toBeGreaterThan(400);
  });
});
