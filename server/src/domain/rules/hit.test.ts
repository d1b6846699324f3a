import { describe, expect, it } from 'vitest';
import { hitOf, stillMet, wouldMeet } from './hit.ts';
import { DAY_MS, type FanFacts, type Rule, type RuleRecord } from './rule.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const HOUR = 3_600_000;
const RULE: Rule = {
  ...{ name: 'R', kinds: ['comment'], network: null, campaign: null, object: null, count: 2, window: '24h' },
  ...{ days: 7, quiet: null, perDay: 10 },
};
const record = (rule: Partial<Rule> = {}, since: number | null = NOW - 30 * DAY_MS): RuleRecord => ({
  ...{ brand: { organisation: 1, id: 1 }, id: 1, rev: 1, rule: { ...RULE, ...rule }, since, createdAt: 0 },
});
const grant = { from: NOW - 20 * DAY_MS, until: NOW + 300 * DAY_MS };
const facts = (more: Partial<FanFacts> = {}): FanFacts => ({
  ...{ fan: 1, adult: true, resting: false, grants: { measure: grant, offers: grant }, basis: 7 },
  ...{ turn: 0, waiting: false, last: null, acts: [NOW - HOUR, NOW - 2 * HOUR] },
  ...more,
});

describe('a rule', () => {
  it('is met by enough acts within its window, at the last of them', () => {
    expect(hitOf(record(), facts(), NOW)).toBe(NOW - HOUR);
    expect(hitOf(record({ count: 3 }), facts(), NOW)).toBeNull();
    expect(hitOf(record(), facts({ acts: [NOW - HOUR, NOW - DAY_MS] }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ acts: [NOW - HOUR, NOW - DAY_MS + 1] }), NOW)).toBe(NOW - HOUR);
  });

  it('counts nothing from before it was on, and nothing while it is off', () => {
    expect(hitOf(record({}, NOW - 2 * HOUR), facts(), NOW)).toBe(NOW - HOUR);
    expect(hitOf(record({}, NOW - 2 * HOUR + 1), facts(), NOW)).toBeNull();
    expect(hitOf(record({}, null), facts(), NOW)).toBeNull();
  });

  it('counts only what consents cover, unbroken, that are in force now', () => {
    const since = (from: number, until = grant.until) => ({ measure: grant, offers: { from, until } });
    expect(hitOf(record(), facts({ grants: { measure: grant } }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ grants: { offers: grant } }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ grants: since(NOW - 90 * 60_000) }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ grants: since(NOW - 2 * HOUR) }), NOW)).toBe(NOW - HOUR);
    expect(hitOf(record(), facts({ grants: since(grant.from, NOW) }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ adult: false }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ resting: true }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ basis: null }), NOW)).toBeNull();
  });

  it('counts purchases under their own consent alone', () => {
    const rule = record({ kinds: ['comment', 'purchase'] });
    expect(hitOf(rule, facts(), NOW)).toBeNull();
    const grants = { measure: grant, offers: grant, purchases: grant };
    expect(hitOf(rule, facts({ grants }), NOW)).toBe(NOW - HOUR);
  });

  it('is met again only by what happens after its pause, and never while the last time waits', () => {
    expect(hitOf(record(), facts({ waiting: true }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ last: NOW - 7 * DAY_MS + 1 }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ last: NOW - 7 * DAY_MS - 90 * 60_000 }), NOW)).toBeNull();
    expect(hitOf(record(), facts({ last: NOW - 7 * DAY_MS - 2 * HOUR }), NOW)).toBe(NOW - HOUR);
  });

  it('is not met any more when an act was taken back, or the consent', () => {
    const at = NOW - HOUR;
    expect(stillMet(record(), facts(), at, NOW)).toBe(true);
    expect(stillMet(record(), facts({ acts: [at] }), at, NOW)).toBe(false);
    expect(stillMet(record(), facts({ acts: [at - 1, at - 2] }), at, NOW)).toBe(false);
    // What came after it does not stand in for it.
    expect(stillMet(record(), facts({ acts: [NOW, at] }), at, NOW)).toBe(false);
    expect(stillMet(record(), facts({ grants: { measure: grant } }), at, NOW)).toBe(false);
  });

  it('is tried on the past as if it had been on', () => {
    const since = NOW - 7 * DAY_MS;
    const acts = [NOW - 3 * DAY_MS, NOW - 3 * DAY_MS - HOUR];
    expect(wouldMeet(RULE, facts({ acts }), since, NOW)).toBe(true);
    expect(wouldMeet({ ...RULE, window: '1h' }, facts({ acts }), since, NOW)).toBe(false);
    expect(wouldMeet({ ...RULE, count: 3 }, facts({ acts }), since, NOW)).toBe(false);
    expect(wouldMeet(RULE, facts({ acts: [since, since - 1] }), since, NOW)).toBe(false);
    expect(wouldMeet(RULE, facts({ acts, grants: { measure: grant } }), since, NOW)).toBe(false);
  });
});
