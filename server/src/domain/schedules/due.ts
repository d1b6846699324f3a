import type { Cadence } from '@fanfare/contract';
import { Cron } from 'croner';
import { dayAt } from '../local-day.ts';

/** When a schedule is due, on the clocks of a zone. */
export interface ScheduleRule {
  readonly cadence: Cadence;
  /** 1 for Monday to 7 for Sunday; of a weekly one. */
  readonly weekday: number | null;
  /** 1–31, or the last day of a month that has no such day; of a monthly one. */
  readonly day: number | null;
  /** Minute of the day, 0–1439. */
  readonly minute: number;
}

const DAY_MS = 86_400_000;
/** Longer than two sendings lie apart, days. */
const APART: Readonly<Record<Cadence, number>> = { daily: 3, weekly: 9, monthly: 33 };
/** Most times looked at for one answer: every end of a month asks for up to four. */
const MOST = 12;

/**
 * The first instant (ms) after another at which a schedule is due. A time of day that the clocks skip is
 * due at the next instant there is; one that comes twice, the first time alone.
 * @param zone IANA name
 */
export function nextDue(rule: ScheduleRule, zone: string, after: number): number {
  const cron = cronOf(rule, zone);
  let at = new Date(after);
  for (let i = 0; i < MOST; i++) {
    const next = cron.nextRun(at);
    if (!next) break;
    if (isWanted(rule, zone, next)) return next.getTime();
    at = next;
  }
  throw new RangeError('a schedule that is never due');
}

/** The latest instant (ms) in (after, now] at which a schedule was due; `null` for none. */
export function latestDue(rule: ScheduleRule, zone: string, after: number, now: number): number | null {
  let found: number | null = null;
  let at = Math.max(after, now - APART[rule.cadence] * DAY_MS);
  for (;;) {
    at = nextDue(rule, zone, at);
    if (at > now) return found;
    found = at;
  }
}

/** Patterns by rule and zone: making one takes as long as asking it. */
const known = new Map<string, Cron>();
const MOST_KNOWN = 2_000;

function cronOf({ cadence, weekday, day, minute }: ScheduleRule, zone: string): Cron {
  const date = cadence === 'monthly' ? (day! > 28 ? '28-31' : String(day)) : '*';
  const pattern = `${minute % 60} ${Math.floor(minute / 60)} ${date} * ${cadence === 'weekly' ? weekday : '*'}`;
  const key = `${pattern} ${zone}`;
  const made = known.get(key) ?? new Cron(pattern, { timezone: zone, paused: true });
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, made);
  return made;
}

/** Of the last days of a month, is this the one that stands for the day asked for? */
function isWanted({ cadence, day }: ScheduleRule, zone: string, at: Date): boolean {
  if (cadence !== 'monthly' || day! <= 28) return true;
  const its = dayAt(at.getTime(), zone);
  return its.day === Math.min(day!, new Date(Date.UTC(its.year, its.month, 0)).getUTCDate());
}
