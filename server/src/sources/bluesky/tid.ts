const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';
/** The year 2040: four times this is still a whole number that every part of the way holds exactly. */
const LATEST = 2_208_988_800_000_000;

/**
 * Microseconds since 1970 in a timestamp identifier of the AT Protocol (TID): it orders the commits of
 * one repository. `null` for what is none, or lies beyond 2039.
 */
export function microsOf(tid: string): number | null {
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(tid)) return null;
  // The last two digits tell clocks apart.
  let micros = 0;
  for (const digit of tid.slice(0, 11)) micros = micros * 32 + DIGITS.indexOf(digit);
  return micros < LATEST ? micros : null;
}
