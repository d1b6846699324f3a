const DIGITS = '234567abcdefghijklmnopqrstuvwxyz';

/** A timestamp identifier of the AT Protocol for these microseconds. */
export function tidOf(micros: number): string {
  let text = '';
  for (let rest = micros, i = 0; i < 11; i++, rest = Math.floor(rest / 32)) text = DIGITS[rest % 32]! + text;
  return `${text}22`;
}
