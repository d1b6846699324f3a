import { WINDOW_SHAPES, type AlertPreview, type Point, type Series } from '@fanfare/contract';
import { IDLE, type AlertRule, type AlertState } from './rule.ts';
import { step } from './step.ts';

/** Hours looked back over: seven days. */
const HOURS = 168;

/**
 * How often an alert would have fired in the last seven days, from the hours of the published board
 * of 30 days: nothing that board hides is used.
 * @param series of that board, a point an hour
 */
export function preview(rule: AlertRule, series: Series): AlertPreview {
  const hours = hoursOf(rule);
  const read = hours === null ? null : READ[rule.measure as keyof typeof READ];
  if (hours === null || !read || (rule.measure === 'reach.active@1' && hours > 1))
    return { fired: null, hours: 0, hidden: 0, estimated: false };
  const points = series[rule.measure] ?? [];
  const first = Math.max(points.length - HOURS, hours - 1);
  let state: AlertState = IDLE;
  let [fired, looked, hidden] = [0, 0, 0];
  for (let i = first; i < points.length; i++) {
    looked += 1;
    const value = read(points.slice(i - hours + 1, i + 1));
    if (value === undefined) {
      hidden += 1;
      continue;
    }
    const next = step(rule, state, { at: i, value, n: null }, { quiet: false, muted: false });
    if (next.happened === 'fired') fired += 1;
    state = next.state;
  }
  return { fired, hours: looked, hidden, estimated: rule.measure === 'sentiment@1' };
}

/** Whole hours of the window, `null` for one that is shorter. */
function hoursOf({ window }: AlertRule): number | null {
  const { grain, buckets } = WINDOW_SHAPES[window];
  const hours = (grain * buckets) / 60;
  return hours >= 1 && hours <= 500 ? hours : null;
}

/** The value of some hours together; `undefined` when the board hides one of them. */
type Read = (points: readonly Point[]) => number | null | undefined;

const counts: Read = (points) => {
  let sum = 0;
  for (const point of points) {
    if (typeof point !== 'number') return undefined;
    sum += point;
  }
  return sum;
};

/** Message-weighted, which is near the fan-weighted value that boards show. */
const mood: Read = (points) => {
  let [balance, texts] = [0, 0];
  for (const point of points) {
    if (point === null || typeof point === 'number') return undefined;
    balance += point.positive - point.negative;
    texts += point.positive + point.neutral + point.negative;
  }
  return texts === 0 ? null : (100 * balance) / texts;
};

const READ = { 'engagements@1': counts, 'reach.active@1': counts, 'sentiment@1': mood } as const;
