import { isUtf8 } from 'node:buffer';

/** Numbers that a double cannot hold exactly: ids of networks that write them as numbers. */
const LONG = /[:[,]\s*-?\d{16,}\s*[,\]}]/;

type Source = { readonly source?: string };
type Parse = (text: string, reviver: (key: string, value: unknown, context: Source) => unknown) => unknown;

/**
 * A body as JSON; whole numbers beyond 2^53 become text, digit for digit. `undefined` for what is no
 * JSON in UTF-8. The careful way costs ten times as much, and is taken only where such a number is.
 */
export function readJson(body: Buffer): unknown {
  if (body.length === 0 || !isUtf8(body)) return undefined;
  const text = body.toString('utf8');
  try {
    return LONG.test(text) ? (JSON.parse as Parse)(text, exact) : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function exact(_key: string, value: unknown, { source }: Source): unknown {
  const isLong = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isLong && source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
