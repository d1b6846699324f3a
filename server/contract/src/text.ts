/** True when a string can be stored and shown: no NUL, no lone surrogate. */
export function isSoundText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
