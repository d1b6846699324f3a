import { hasReached, isBack, type AlertRule, type AlertState, type Reading, type Waiting } from './rule.ts';

/** What is to be told of an alert now. */
export type Notice =
  | { readonly kind: 'fired' | 'cleared'; readonly reading: Reading }
  | { readonly kind: 'held'; readonly reading: Reading; readonly waiting: Waiting };

/** What one look at a board made of an alert. */
export interface Step {
  readonly state: AlertState;
  /** What happened, told or not. */
  readonly happened: 'fired' | 'cleared' | null;
  readonly notice: Notice | null;
}

/** Who may be spoken to now. */
export interface Hush {
  readonly quiet: boolean;
  readonly muted: boolean;
}

/**
 * One look at a published value. Between the two levels nothing changes; a value the board does not
 * show says nothing. What happens in quiet hours is told afterwards, all as one; what happens while
 * an alert is muted is not told, but what waits goes on waiting.
 */
export function step(rule: AlertRule, state: AlertState, reading: Reading, hush: Hush): Step {
  const happened = happening(rule, state, reading.value);
  const moved: AlertState =
    happened === null
      ? state
      : { ...state, firing: happened === 'fired', since: reading.at, acknowledgedAt: null };
  if (hush.muted) return { state: moved, happened, notice: null };
  if (hush.quiet) {
    const waiting = happened === null ? moved.waiting : held(rule, moved.waiting, happened, reading);
    return { state: { ...moved, waiting }, happened, notice: null };
  }
  if (moved.waiting !== null) {
    const waiting = happened === null ? moved.waiting : held(rule, moved.waiting, happened, reading);
    return { state: { ...moved, waiting: null }, happened, notice: { kind: 'held', reading, waiting } };
  }
  return { state: moved, happened, notice: happened === null ? null : { kind: happened, reading } };
}

function happening(
  rule: AlertRule,
  { firing }: AlertState,
  value: number | null,
): 'fired' | 'cleared' | null {
  if (value === null) return null;
  if (!firing && hasReached(rule, value)) return 'fired';
  return firing && isBack(rule, value) ? 'cleared' : null;
}

function held(
  rule: AlertRule,
  before: Waiting | null,
  happened: 'fired' | 'cleared',
  reading: Reading,
): Waiting {
  const worst = before?.worst ?? null;
  const fired = happened === 'fired';
  return {
    fired: (before?.fired ?? 0) + (fired ? 1 : 0),
    cleared: (before?.cleared ?? 0) + (fired ? 0 : 1),
    first: before?.first ?? reading.at,
    last: reading.at,
    worst: fired && (worst === null || isWorse(rule, reading, worst)) ? reading : worst,
  };
}

function isWorse({ side }: AlertRule, one: Reading, other: Reading): boolean {
  const [a, b] = [one.value ?? 0, other.value ?? 0];
  return side === 'above' ? a > b : a < b;
}
