import { offsetAt } from '../local-day.ts';

const [QUARTER, DAY] = [900_000, 86_400_000];
/** Quarters of an hour remembered for one zone. */
const MOST = 20_000;

/** Is it a time zone? @param zone IANA name */
export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * From the clocks of a zone to instants, both in milliseconds since 1970. An hour that comes twice is
 * the first of the two; one that is skipped counts from before the skip.
 */
export function instantsOf(zone: string): (wall: number) => number {
  // Clocks change at quarters of an hour, hence all of one quarter is as its beginning.
  const known = new Map<number, number>();
  return (wall) => {
    const quarter = Math.floor(wall / QUARTER) * QUARTER;
    let offset = known.get(quarter);
    if (offset === undefined) {
      if (known.size >= MOST) known.clear();
      offset = quarter - instantOf(quarter, zone);
      known.set(quarter, offset);
    }
    return wall - offset;
  };
}

function instantOf(wall: number, zone: string): number {
  const [before, after] = [wall - offsetAt(wall - DAY, zone), wall - offsetAt(wall + DAY, zone)];
  const real = [before, after].filter((at) => at + offsetAt(at, zone) === wall);
  return real.length > 0 ? Math.min(...real) : before;
}
