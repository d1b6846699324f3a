import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE, areLevels, hasReached, isBack, isQuiet, type AlertRule, type AlertState } from './rule.ts';
import { step, type Hush, type Notice } from './step.ts';

const RULE: AlertRule = {
  ...{ name: 'peak', measure: 'engagements@1', window: '1h' },
  ...{ side: 'above', fire: 100, clear: 80, quiet: null },
};
const AWAKE: Hush = { quiet: false, muted: false };

/** Run an alert over some looks; gives every happening and every notice, with the look it came at. */
function run(rule: AlertRule, looks: readonly { readonly value: number | null; readonly hush: Hush }[]) {
  let state: AlertState = IDLE;
  const happened: { at: number; what: 'fired' | 'cleared' }[] = [];
  const notices: { at: number; notice: Notice }[] = [];
  looks.forEach(({ value, hush }, at) => {
    const next = step(rule, state, { at, value, n: null }, hush);
    if (next.happened) happened.push({ at, what: next.happened });
    if (next.notice) notices.push({ at, notice: next.notice });
    state = next.state;
  });
  return { state, happened, notices };
}

const values = fc.option(fc.integer({ min: 0, max: 200 }), { freq: 5 });
const hushes = fc.record({ quiet: fc.boolean(), muted: fc.constant(false) });
const rules = fc
  .record({
    side: fc.constantFrom('above' as const, 'below' as const),
    fire: fc.integer({ min: 20, max: 180 }),
    band: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ side, fire, band }): AlertRule => ({
    ...RULE,
    side,
    fire,
    clear: side === 'above' ? fire - band : fire + band,
  }));

describe('an alert', () => {
  it('fires at its level, ends at the other, and does nothing between them', () => {
    const looks = [99, 100, 99, 81, 120, 80, 99, null, 100].map((value) => ({ value, hush: AWAKE }));
    expect(run(RULE, looks).happened).toEqual([
      { at: 1, what: 'fired' },
      { at: 5, what: 'cleared' },
      { at: 8, what: 'fired' },
    ]);
  });

  it('never flaps inside the band: each turn has reached the level it turns at', () => {
    fc.assert(
      fc.property(rules, fc.array(values, { maxLength: 60 }), (rule, seen) => {
        expect(areLevels(rule)).toBe(true);
        const { happened } = run(
          rule,
          seen.map((value) => ({ value, hush: AWAKE })),
        );
        happened.forEach(({ at, what }, i) => {
          expect(what).toBe(i % 2 === 0 ? 'fired' : 'cleared');
          expect((what === 'fired' ? hasReached : isBack)(rule, seen[at]!)).toBe(true);
        });
        const inBand = seen.filter(
          (value) => value !== null && !hasReached(rule, value) && !isBack(rule, value),
        );
        expect(
          run(
            rule,
            inBand.map((value) => ({ value, hush: AWAKE })),
          ).happened,
        ).toEqual([]);
      }),
    );
  });

  it('tells nothing in quiet hours, loses nothing of them, and tells it after as one', () => {
    const looks = fc.array(fc.record({ value: values, hush: hushes }), { maxLength: 60 });
    fc.assert(
      fc.property(rules, looks, (rule, seen) => {
        const { state, happened, notices } = run(rule, [...seen, { value: null, hush: AWAKE }]);
        expect(state.waiting).toBeNull();
        for (const { at } of notices) if (at < seen.length) expect(seen[at]!.hush.quiet).toBe(false);
        const counted = { fired: 0, cleared: 0 };
        let quietEnds = 0;
        for (const { notice } of notices) {
          if (notice.kind !== 'held') counted[notice.kind] += 1;
          else {
            quietEnds += 1;
            counted.fired += notice.waiting.fired;
            counted.cleared += notice.waiting.cleared;
          }
        }
        expect(counted.fired).toBe(happened.filter(({ what }) => what === 'fired').length);
        expect(counted.cleared).toBe(happened.filter(({ what }) => what === 'cleared').length);
        const nights = seen.filter(({ hush }, i) => hush.quiet && !seen[i + 1]?.hush.quiet).length;
        expect(quietEnds).toBeLessThanOrEqual(nights);
      }),
    );
  });

  it('says nothing while muted, and goes on holding what quiet hours held', () => {
    const quiet = { quiet: true, muted: false };
    const muted = { quiet: false, muted: true };
    const { notices, happened } = run(RULE, [
      { value: 150, hush: quiet },
      { value: 10, hush: muted },
      { value: 150, hush: muted },
      { value: 160, hush: AWAKE },
    ]);
    expect(happened).toHaveLength(3);
    expect(notices).toMatchObject([
      { at: 3, notice: { kind: 'held', waiting: { fired: 1, cleared: 0, worst: { value: 150 } } } },
    ]);
  });
});

describe('quiet hours', () => {
  it.each([
    [{ from: 1320, to: 420 }, 1320, true],
    [{ from: 1320, to: 420 }, 0, true],
    [{ from: 1320, to: 420 }, 420, false],
    [{ from: 60, to: 120 }, 119, true],
    [{ from: 60, to: 60 }, 60, false],
  ])('%j at %i: %s', (quiet, minute, is) => expect(isQuiet(quiet, minute)).toBe(is));
});
