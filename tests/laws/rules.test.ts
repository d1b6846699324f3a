import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldConsent, type ConsentAct } from '@fanfare/server/domain/consent.ts';
import { decide } from '@fanfare/server/domain/rules/decide.ts';
import { hitOf } from '@fanfare/server/domain/rules/hit.ts';
import type { FanFacts, RuleRecord } from '@fanfare/server/domain/rules/rule.ts';
import { randomFrom } from '../support/random.ts';

const RUNS = Number(process.env['RUNS'] ?? 200);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const ZONE = 'Europe/Paris';
/** Nights in which the clocks of Paris are changed, and one in which they are not. */
const NIGHTS = ['2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-06-10T00:00:00Z'].map((at) =>
  Date.parse(at),
);
const QUIET = [null, { from: 22 * 60, to: 7 * 60 }, { from: 60, to: 190 }, { from: 130, to: 150 }];
const clockOf = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });

interface Hit {
  readonly at: number;
  readonly madeAt: number;
  state: 'waiting' | 'sent' | 'failed' | 'stopped';
  settledAt: number | null;
  attempts: number;
  nextAt: number;
}

/** One fan, one rule, and ten days of acts, consents, withdrawals, switches and refusing receivers. */
function live(seed: number) {
  const random = randomFrom(seed);
  const chance = (part: number) => random() < part;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const start = pick(NIGHTS) - 5 * DAY;
  const record: RuleRecord = {
    ...{ brand: { organisation: 1, id: 1 }, id: 1, rev: 1, since: start, createdAt: start },
    rule: {
      ...{ name: 'R', kinds: ['comment'], network: null, campaign: null, object: null },
      ...{ count: 1 + Math.floor(random() * 3), window: pick(['1h', '24h', '7d'] as const) },
      ...{ days: 1 + Math.floor(random() * 3), quiet: pick(QUIET), perDay: 1_000 },
    },
  };
  const consents: ConsentAct[] = [];
  let [acts, hits, stopped, since] = [[] as number[], [] as Hit[], false, start];
  const sends: {
    now: number;
    at: number;
    acts: readonly number[];
    fresh: boolean;
    consents: number;
    stopped: boolean;
  }[] = [];
  const factsAt = (now: number): FanFacts => {
    const grants = foldConsent(consents.map((act) => ({ ...act, receivedAt: act.receivedAt })));
    const last = hits.length === 0 ? null : Math.max(...hits.map((hit) => hit.settledAt ?? hit.madeAt));
    const waiting = hits.some(({ state }) => state === 'waiting');
    return {
      ...{ fan: 1, adult: true, resting: false, grants, basis: 1, turn: hits.length, waiting, last },
      acts: acts.filter((at) => at <= now).toSorted((a, b) => b - a),
    };
  };
  for (let now = start; now < start + 10 * DAY; now += Math.ceil(random() * 40) * MINUTE) {
    if (chance(0.5)) acts.push(now);
    if (chance(0.05) && acts.length > 0) acts = acts.filter((at) => at !== pick(acts));
    if (chance(0.03)) {
      const purpose = pick(['measure', 'offers', 'offers'] as const);
      const granted = chance(0.6);
      for (const one of granted ? (['measure', 'offers'] as const) : [purpose])
        consents.push({
          purpose: one,
          granted,
          at: now,
          receivedAt: now,
          ...(chance(0.2) ? { endsAt: now + DAY } : {}),
        });
      // What a withdrawal of `measure` takes back is gone.
      const from = foldConsent(consents).measure?.from ?? Number.POSITIVE_INFINITY;
      acts = acts.filter((at) => at >= from);
    }
    if (chance(0.01)) {
      stopped = !stopped;
      if (!stopped) since = now;
    }
    const rule = { ...record, since };
    const at = stopped ? null : hitOf(rule, factsAt(now), now);
    if (at !== null)
      hits.push({ at, madeAt: now, state: 'waiting', settledAt: null, attempts: 0, nextAt: now });
    for (const hit of hits.filter(({ state, nextAt }) => state === 'waiting' && nextAt <= now)) {
      const asked = { rule, rev: 1, at: hit.at, madeAt: hit.madeAt, facts: factsAt(now), stopped };
      const decision = decide({ ...asked, proven: true, allowed: true, zone: ZONE }, now);
      if (decision.do === 'wait') {
        expect(decision.until).toBeGreaterThan(now);
        hit.nextAt = decision.until;
        continue;
      }
      if (decision.do === 'stop') {
        [hit.state, hit.settledAt] = ['stopped', now];
        continue;
      }
      sends.push({
        now,
        at: hit.at,
        acts: [...acts],
        fresh: hit.attempts === 0,
        consents: consents.length,
        stopped,
      });
      hit.attempts += 1;
      const over = chance(0.6) ? 'sent' : hit.attempts >= 8 ? 'failed' : 'waiting';
      [hit.state, hit.settledAt, hit.nextAt] = [over, over === 'waiting' ? null : now, now + HOUR / 2];
    }
    hits = hits.slice();
  }
  return { record, consents, sends, hits };
}

/** Was this purpose in force at an instant, after the first `n` acts? By hand: the last word before it holds. */
function agreed(
  consents: readonly ConsentAct[],
  n: number,
  purpose: 'measure' | 'offers',
  at: number,
): boolean {
  let until = Number.NEGATIVE_INFINITY;
  for (const act of consents.slice(0, n)) {
    if (act.at > at) break;
    if (!act.granted && (act.purpose === purpose || act.purpose === 'measure'))
      until = Number.NEGATIVE_INFINITY;
    if (act.granted && act.purpose === purpose) until = Math.max(until, act.endsAt ?? act.at + 390 * DAY);
  }
  return until > at;
}

describe('rules over random histories', () => {
  it(`send nothing without consent, in quiet hours, too often, or when stopped: ${RUNS} histories`, () => {
    let [sent, repeated, held] = [0, 0, 0];
    const holds = property(integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      const { record, consents, sends, hits } = live(seed);
      const { quiet, days } = record.rule;
      for (const { now, at, acts, consents: n, stopped } of sends) {
        expect(stopped).toBe(false);
        for (const purpose of ['measure', 'offers'] as const)
          for (const instant of [at, now]) expect(agreed(consents, n, purpose, instant), purpose).toBe(true);
        expect(acts).toContain(at);
        const [hour, minute] = clockOf.format(now).split(':').map(Number) as [number, number];
        const clock = hour * 60 + minute;
        if (quiet) {
          const { from, to } = quiet;
          expect(from < to ? clock >= from && clock < to : clock >= from || clock < to).toBe(false);
        }
      }
      // Attempts of one are one: the first of each, at least the pause after the end of the one before.
      const firsts = sends.filter(({ fresh }) => fresh);
      const settled = hits.filter(({ attempts }) => attempts > 0);
      for (const [i, { now }] of firsts.entries()) {
        const before = settled[i - 1];
        if (before) expect(now - before.settledAt!).toBeGreaterThanOrEqual(days * DAY);
      }
      sent += firsts.length;
      repeated += sends.length - firsts.length;
      held += hits.filter(({ nextAt, madeAt, attempts }) => attempts > 0 && nextAt - madeAt > HOUR).length;
    });
    assert(holds, { numRuns: RUNS });
    // The histories say something: much is sent, some of it after the first attempt, or late.
    expect(sent).toBeGreaterThan(RUNS / 2);
    expect(repeated).toBeGreaterThan(RUNS / 10);
    expect(held).toBeGreaterThan(RUNS / 20);
  });
});
