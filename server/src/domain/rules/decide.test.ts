import { describe, expect, it } from 'vitest';
import { LATEST, decide, endOfQuiet, type Asked } from './decide.ts';
import type { FanFacts, RuleRecord } from './rule.ts';
import { payloadOf, reasonOf, conditionOf } from './words.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const DAY = 86_400_000;
const grant = { from: NOW - DAY, until: NOW + 300 * DAY };
const facts: FanFacts = {
  ...{ fan: 1, adult: true, resting: false, grants: { measure: grant, offers: grant }, basis: 7 },
  ...{ turn: 1, waiting: true, last: NOW, acts: [NOW - 1] },
};
const rule: RuleRecord = {
  ...{ brand: { organisation: 1, id: 1 }, id: 1, rev: 3, since: NOW - DAY, createdAt: 0 },
  rule: {
    ...{ name: 'R', kinds: ['share'], network: 'x', campaign: 'noel', object: null, count: 1, window: '7d' },
    ...{ days: 7, quiet: { from: 21 * 60, to: 9 * 60 }, perDay: 10 },
  },
};
const asked = (more: Partial<Asked> = {}): Asked => ({
  ...{ rule, rev: 3, at: NOW - 1, madeAt: NOW, facts, stopped: false, proven: true, allowed: true },
  ...{ zone: 'Europe/Paris', ...more },
});

describe('right before a sending', () => {
  it('everything is asked again, and what stops it stops it for good', () => {
    expect(decide(asked(), NOW)).toEqual({ do: 'send' });
    const why = (more: Partial<Asked>, at = NOW) => decide(asked(more), at);
    expect(why({ stopped: true })).toEqual({ do: 'stop', why: 'switch' });
    expect(why({ rule: null })).toEqual({ do: 'stop', why: 'rule' });
    expect(why({ rule: { ...rule, since: null } })).toEqual({ do: 'stop', why: 'rule' });
    expect(why({ rev: 2 })).toEqual({ do: 'stop', why: 'rule' });
    expect(why({ allowed: false })).toEqual({ do: 'stop', why: 'trade' });
    expect(why({ proven: false })).toEqual({ do: 'stop', why: 'webhook' });
    expect(why({ facts: null })).toEqual({ do: 'stop', why: 'consent' });
    expect(why({ facts: { ...facts, grants: { measure: grant } } })).toEqual({ do: 'stop', why: 'consent' });
    expect(why({ facts: { ...facts, acts: [] } })).toEqual({ do: 'stop', why: 'acts' });
    expect(why({ madeAt: NOW - LATEST - 1 })).toEqual({ do: 'stop', why: 'late' });
  });

  it('quiet hours hold it back to their end on the clocks of the brand', () => {
    const night = Date.parse('2026-11-21T23:30:00Z');
    const at = { at: night - 1, madeAt: night, facts: { ...facts, acts: [night - 1] } };
    expect(decide(asked(at), night)).toEqual({ do: 'wait', until: Date.parse('2026-11-22T08:00:00Z') });
  });

  it('quiet hours end right in the nights when clocks are changed', () => {
    const end = (from: string, quiet = rule.rule.quiet) =>
      new Date(endOfQuiet(quiet, Date.parse(from), 'Europe/Paris')).toISOString();
    expect(end('2026-03-28T21:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
    expect(end('2026-10-24T20:00:00Z')).toBe('2026-10-25T08:00:00.000Z');
    // The end is an hour that the clocks skip: they go on at three.
    expect(end('2026-03-28T23:30:00Z', { from: 0, to: 150 })).toBe('2026-03-29T01:00:00.000Z');
    // The end comes twice: quiet is over at the first, and the hour that comes again is quiet again.
    expect(end('2026-10-24T23:30:00Z', { from: 60, to: 150 })).toBe('2026-10-25T00:30:00.000Z');
    expect(end('2026-10-25T01:10:00Z', { from: 60, to: 150 })).toBe('2026-10-25T01:30:00.000Z');
  });
});

describe('what is told', () => {
  it('says whom, why, on what ground and how they say no, and nothing else', () => {
    const brand = { body: { slug: 'maison', name: 'Maison', locale: 'fr' } } as Parameters<
      typeof payloadOf
    >[0]['brand'];
    const no = { page: 'https://x/no-offers/t', click: 'https://x/api/v1/no-offers/t' };
    const basis = { record: 7, givenAt: NOW - DAY, notice: { version: '1', locale: 'fr' } };
    const person = { network: 'x', id: '42' } as const;
    const body = JSON.parse(
      payloadOf({ brand, id: 1, rule: rule.rule, person, basis, at: NOW, no }),
    ) as object;
    expect(body).toEqual({
      type: 'rule.met',
      timestamp: '2026-11-22T10:00:00.000Z',
      data: {
        ...{ brand: 'maison', rule: 1, name: 'R', fan: person },
        reason: 'Au moins une fois en 7 jours\u00a0: partage (réseau\u00a0: x, campagne\u00a0: noel)',
        condition: { kinds: ['share'], network: 'x', campaign: 'noel', object: null, count: 1, window: '7d' },
        basis: {
          purpose: 'offers',
          record: 7,
          givenAt: '2026-11-21T10:00:00.000Z',
          notice: { version: '1', locale: 'fr' },
        },
        no,
      },
    });
    expect(reasonOf({ ...conditionOf(rule.rule), count: 3, network: null, campaign: null }, 'en')).toBe(
      'At least 3 times in 7 days: share',
    );
  });
});
