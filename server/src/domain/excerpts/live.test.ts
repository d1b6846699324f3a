import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../engagement.ts';
import { PURPOSE_BITS, type KeptExcerpt } from './excerpt.ts';
import { LiveExcerpts } from './live.ts';

const T0 = Date.parse('2026-03-01T12:00:00Z');
const DAY = 86_400_000;
const MOST = 3;
const { quote, wall } = PURPOSE_BITS;

function excerpt(n: number, at: number, fan = 1, purposes: number = quote): KeptExcerpt {
  const key = n.toString(16).padStart(8, '0').repeat(4);
  return { key, fan, at, network: 0, kind: 1, object: '', label: 2, purposes, text: `said ${n}` };
}

/** The ledger's row as far as the lists look at it. */
function row({ key }: KeptExcerpt): NonNullable<Recorded['before']> {
  const nothing = { id: '', rev: 0, network: 0, kind: 1, fan: 1, occurredAt: 0, object: '', owner: -1 };
  return { ...nothing, key, followers: -1, reaction: '', label: 0, model: '', campaign: '', language: '' };
}

const texts = (live: LiveExcerpts, audience: 'team' | 'public' = 'team') =>
  live.shown(audience).map(({ text }) => text);
const all = () => quote + wall;

describe('the latest excerpts', () => {
  it('are the newest, newest first, each under the purpose of its audience', () => {
    const live = new LiveExcerpts(MOST);
    live.record([], [excerpt(1, T0), excerpt(2, T0 + 2, 1, quote + wall), excerpt(3, T0 + 1, 1, wall)]);
    live.record([], [excerpt(4, T0 + 3), excerpt(5, T0 + 4)]);
    expect(texts(live)).toEqual(['said 5', 'said 4', 'said 2']);
    expect(live.shown('public').map(({ text, purpose }) => [text, purpose])).toEqual([
      ['said 2', 'wall'],
      ['said 3', 'wall'],
    ]);
  });

  it('stay the same list until something changes', () => {
    const live = new LiveExcerpts(MOST);
    live.record([], [excerpt(1, T0)]);
    const before = live.shown('team');
    live.record([], []);
    expect(live.review(all, T0).shown('team')).toBe(before);
    live.record([], [excerpt(2, T0)]);
    expect(live.shown('team')).not.toBe(before);
  });

  it('lose what was edited away or removed, and what consent does not cover', () => {
    const live = new LiveExcerpts(MOST);
    const [a, b] = [excerpt(1, T0, 1), excerpt(2, T0 + 1, 2, quote + wall)];
    live.record([], [a, b]);
    live.record([{ before: row(a), after: null }], []);
    expect(texts(live)).toEqual(['said 2']);
    live.record([{ before: row(b), after: row(b) }], [{ ...b, text: 'said better' }]);
    expect(texts(live)).toEqual(['said better']);
    live.review(() => wall, T0);
    expect([texts(live), texts(live, 'public')]).toEqual([[], ['said better']]);
    live.review(() => 0, T0);
    expect(texts(live, 'public')).toEqual([]);
  });

  it('are never older than thirty days', () => {
    const live = new LiveExcerpts(MOST);
    live.record([], [excerpt(1, T0)]);
    expect(texts(live.review(all, T0 + 30 * DAY - 1))).toEqual(['said 1']);
    expect(texts(live.review(all, T0 + 30 * DAY))).toEqual([]);
  });

  it('say when older ones must be fetched, and only then', () => {
    const live = new LiveExcerpts(MOST);
    const four = [1, 2, 3, 4].map((n) => excerpt(n, T0 + n));
    live.record([], four.slice(0, 3));
    live.record([{ before: row(four[0]!), after: null }], []);
    expect(live.short).toEqual([]);
    live.record([], [four[0]!, four[3]!]);
    live.record([{ before: row(four[3]!), after: null }], []);
    expect(live.short).toEqual(['team']);
    live.fill('team', four.slice(0, 3));
    expect([texts(live), live.short]).toEqual([['said 3', 'said 2', 'said 1'], []]);
  });

  it('equal the latest of all that is kept, after any history', () => {
    const step = fc.record({
      n: fc.integer({ min: 0, max: 11 }),
      at: fc.integer({ min: 0, max: 5 }),
      does: fc.constantFrom('say', 'say', 'say', 'remove', 'withdraw'),
      purposes: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const live = new LiveExcerpts(MOST);
        const kept = new Map<number, KeptExcerpt>();
        for (const { n, at, does, purposes } of steps) {
          if (does === 'withdraw') {
            for (const [other, one] of kept) if (one.fan === n % 4) kept.delete(other);
            live.review((fan) => (fan === n % 4 ? 0 : all()), T0);
          } else {
            const [before, after] = [
              kept.get(n),
              does === 'say' ? excerpt(n, T0 + at, n % 4, purposes) : undefined,
            ];
            kept.delete(n);
            if (after) kept.set(n, after);
            const change = { before: before ? row(before) : null, after: after ? row(after) : null };
            live.record([change], after ? [after] : []);
          }
          for (const audience of ['team', 'public'] as const) {
            const bit = audience === 'team' ? quote : wall;
            const latest = [...kept.values()]
              .filter((one) => (one.purposes & bit) !== 0)
              .sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : -1))
              .slice(0, MOST);
            if (live.short.includes(audience)) live.fill(audience, latest);
            expect(texts(live, audience)).toEqual(latest.map(({ text }) => text));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
