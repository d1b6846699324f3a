import { isSoundText } from '@fanfare/contract';

const MOST_ID = 200;
const MOST_TEXT = 10_000;

/** A field of something that may be an object. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** A list, empty for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A short text; `null` for anything else. */
export function wordOf(value: unknown, name: string): string | null {
  const word = fieldOf(value, name);
  return typeof word === 'string' && word.length > 0 && word.length <= MOST_ID ? word : null;
}

/** An id, written as text or as a whole number; `null` for anything else and for 0. */
export function idOf(value: unknown, name: string): string | null {
  const id = fieldOf(value, name);
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof text !== 'string' || text.length === 0 || text.length > MOST_ID || text === '0') return null;
  return isSoundText(text) ? text : null;
}

/** What somebody wrote, made storable and at most 10 000 characters; `null` when there is nothing. */
export function textOf(value: unknown, name: string): string | null {
  const text = fieldOf(value, name);
  if (typeof text !== 'string') return null;
  const clean = text.slice(0, MOST_TEXT).toWellFormed().replaceAll('\0', '').trim();
  return clean === '' ? null : clean;
}

/** An instant written in seconds or milliseconds since 1970, as milliseconds; `null` for none. */
export function instantOf(value: unknown, name: string): number | null {
  const at = fieldOf(value, name);
  const n = typeof at === 'string' && /^\d{1,16}$/.test(at) ? Number(at) : at;
  if (typeof n !== 'number' || !Number.isSafeInteger(n) || n <= 0) return null;
  return n < 100_000_000_000 ? n * 1_000 : n;
}

/** The last millisecond of an instant's second: an act told in seconds happened within it. */
export function endOfSecond(at: number): number {
  return at % 1_000 === 0 ? at + 999 : at;
}
