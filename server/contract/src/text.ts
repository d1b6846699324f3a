/** True when a string can be stored and shown: no NUL, no lone surrogate. */
export function isSoundText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Has a string more characters (code points, as JSON schema counts them) than `max`? */
export function isLonger(text: string, max: number): boolean {
  return text.length > max && (text.length > max * 2 || [...text].length > max);
}
