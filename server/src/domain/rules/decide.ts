import { isQuiet, type QuietHours } from '../alerts/rule.ts';
import { minuteOfDay } from '../local-day.ts';
import { stillMet } from './hit.ts';
import { DAY_MS, agreedSince, type FanFacts, type RuleRecord } from './rule.ts';

/** Why something that was met is not sent. */
export const STOPS = ['switch', 'rule', 'trade', 'webhook', 'consent', 'acts', 'late', 'withdrawn'] as const;
export type Stop = (typeof STOPS)[number];

/** Longest time between what was met and its sending, milliseconds: what is older is no news. */
export const LATEST = 2 * DAY_MS;
const MINUTE = 60_000;
/** No night is longer, not even one of 25 hours. */
const LONGEST_QUIET = 1_560;

/** Everything that is asked again right before each attempt. */
export interface Asked {
  /** As it is now; `null` when it is gone. */
  readonly rule: RuleRecord | null;
  /** Revision it was met under, the instant it was met at and the instant that was noted. */
  readonly rev: number;
  readonly at: number;
  readonly madeAt: number;
  /** `null` when the fan is gone. */
  readonly facts: FanFacts | null;
  /** The switch for all rules is off. */
  readonly stopped: boolean;
  readonly proven: boolean;
  /** The brand's trade allows rules. */
  readonly allowed: boolean;
  /** IANA name of the brand's zone. */
  readonly zone: string;
}

export type Decision =
  | { readonly do: 'send' }
  | { readonly do: 'wait'; readonly until: number }
  | { readonly do: 'stop'; readonly why: Stop };

/** May it be sent at `now`? What stops it stops it for good; quiet hours hold it back. */
export function decide(asked: Asked, now: number): Decision {
  const why = stopOf(asked, now);
  if (why !== null) return { do: 'stop', why };
  const { quiet } = asked.rule!.rule;
  return isQuiet(quiet, minuteOfDay(now, asked.zone))
    ? { do: 'wait', until: endOfQuiet(quiet, now, asked.zone) }
    : { do: 'send' };
}

function stopOf({ rule, rev, at, madeAt, facts, stopped, proven, allowed }: Asked, now: number): Stop | null {
  if (stopped) return 'switch';
  if (!rule || rule.since === null || rule.rev !== rev) return 'rule';
  if (!allowed) return 'trade';
  if (!proven) return 'webhook';
  if (!facts || agreedSince(rule.rule, facts, now) === null) return 'consent';
  if (!stillMet(rule, facts, at, now)) return 'acts';
  return now - madeAt > LATEST ? 'late' : null;
}

/** First whole minute (ms) after `now` that is not quiet on the clocks of the zone, whatever they do that night. */
export function endOfQuiet(quiet: QuietHours | null, now: number, zone: string): number {
  let at = (Math.floor(now / MINUTE) + 1) * MINUTE;
  for (let i = 0; i < LONGEST_QUIET && isQuiet(quiet, minuteOfDay(at, zone)); i++) at += MINUTE;
  return at;
}
