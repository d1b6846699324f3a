/** Deeper than any file of ours; a hostile one must not exhaust the stack. */
const DEEPEST = 32;

/**
 * The one text of a JSON value (RFC 8785): keys in the order of their UTF-16 code units, numbers and
 * strings as ECMAScript writes them, no white space. Equal values give equal texts.
 * @throws TypeError for what has no such text: undefined, NaN, ±Infinity, a lone surrogate, a value too deep
 */
export function canonical(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > DEEPEST) throw new TypeError('a canonical value is at most 32 levels deep');
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`${typeof value} is no canonical value`);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${quote(key)}:${write(field, depth + 1)}`).join(',')}}`;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a canonical string has no lone surrogate');
  return JSON.stringify(text);
}
