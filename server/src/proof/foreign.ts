/** Longest text of a server we do not know that is looked at, characters. */
const MOST_TEXT = 4_096;

/** A text of a JSON object somebody else made; `null` when there is none, or it is empty or too long. */
export function textIn(body: unknown, name: string, most: number = MOST_TEXT): string | null {
  const value = fieldIn(body, name);
  return typeof value === 'string' && value.length > 0 && value.length <= most ? value : null;
}

/** The texts of a list in such an object; empty when there is none. */
export function textsIn(body: unknown, name: string): readonly string[] {
  return listIn(body, name).filter((value) => typeof value === 'string');
}

/** A list in such an object; empty when there is none. */
export function listIn(body: unknown, name: string): readonly unknown[] {
  const value = fieldIn(body, name);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A field of such an object, its own and not an inherited one. */
export function fieldIn(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return (body as Record<string, unknown>)[name];
}
