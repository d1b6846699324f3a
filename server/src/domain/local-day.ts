/** One day of a calendar; months from 1 to 12. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;
const ISO = /^(\d{4})-(\d\d)-(\d\d)$/;

/** The day of a zone at an instant. @param at milliseconds @param zone IANA name */
export function dayAt(at: number, zone: string): Day {
  const wall = new Date(at + offsetAt(at, zone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/**
 * First instant (ms) of a day of a zone. Where the clocks skip midnight it is the instant of the
 * skip; where midnight comes twice, the first of the two.
 */
export function startOfDay(day: Day, zone: string): number {
  const wall = wallOf(day);
  const [early, late] = [wall - offsetAt(wall - DAY_MS, zone), wall - offsetAt(wall + DAY_MS, zone)];
  const real = [early, late].filter((at) => at + offsetAt(at, zone) === wall);
  return real.length > 0 ? Math.min(...real) : Math.max(early, late);
}

/** The day so many days after (or before) another. */
export function addDays(day: Day, days: number): Day {
  return dayAt(wallOf(day) + days * DAY_MS, 'UTC');
}

/** The same day so many months later, or the last of that month when it has no such day. */
export function addMonths({ year, month, day }: Day, months: number): Day {
  const index = year * 12 + month - 1 + months;
  const [inYear, inMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return { year: inYear, month: inMonth, day: Math.min(day, daysIn(inYear, inMonth)) };
}

/** Days from one day to another; negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((wallOf(to) - wallOf(from)) / DAY_MS);
}

/** The day of `2026-11-22`; `null` for anything that is no day. */
export function parseDay(text: string): Day | null {
  const found = ISO.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const exists = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return exists ? { year, month, day } : null;
}

/** `2026-11-22`. */
export function formatDay(day: Day): string {
  return new Date(wallOf(day)).toISOString().slice(0, 10);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function wallOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day);
}

/** Milliseconds the clocks of a zone are ahead of UTC. */
export function offsetAt(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

/** Minute of the day (0–1439) on the clocks of a zone. @param at milliseconds @param zone IANA name */
export function minuteOfDay(at: number, zone: string): number {
  return Math.floor((at + offsetAt(at, zone)) / 60_000) % 1_440;
}

/** Formats by zone: making one takes as long as using it fifty times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}
