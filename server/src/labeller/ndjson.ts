import type { Label, Labeller, LabelInput } from './port.ts';

/** Longest line that is read, in UTF-16 code units (the contract's 64 KiB). */
export const MAX_LINE = 65_536;

/** What one line asks for: a text to label, or why it cannot be. */
export type Parsed = { readonly input: LabelInput } | { readonly error: string };

/** Reads one line `{"text":…,"lang"?:…}`; never throws. */
export function parseLine(line: string): Parsed {
  if (line.length > MAX_LINE) return { error: 'line_too_long' };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'not_json' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { error: 'not_an_object' };
  if (!('text' in value) || typeof value.text !== 'string') return { error: 'text_missing' };
  const lang = 'lang' in value ? value.lang : undefined;
  if (lang === undefined || lang === null) return { input: { text: value.text } };
  if (typeof lang !== 'string') return { error: 'lang_not_a_string' };
  return { input: { text: value.text, lang } };
}

/** Labels lines in order: one JSON object per line, `{"error":…}` where a line was broken. */
export async function labelLines(labeller: Labeller, lines: readonly string[]): Promise<string[]> {
  const parsed = lines.map(parseLine);
  const inputs = parsed.flatMap((entry) => ('input' in entry ? [entry.input] : []));
  const labels = await labeller.label(inputs);
  let next = 0;
  return parsed.map((entry) => {
    if ('error' in entry) return JSON.stringify(entry);
    const label: Label | undefined = labels[next++];
    return JSON.stringify(label ?? { error: 'no_label' });
  });
}

/**
 * Splits decoded text into whole lines across chunk borders, with bounded memory: of a line longer than
 * `MAX_LINE` only the start is kept (enough to be refused). Empty lines are dropped.
 */
export class LineSplitter {
  #rest = '';

  /** The lines this chunk completes. */
  push(chunk: string): string[] {
    const parts = (this.#rest + chunk).split('\n');
    this.#rest = (parts.pop() ?? '').slice(0, MAX_LINE + 1);
    return parts.map((line) => line.replace(/\r$/, '')).filter((line) => line.trim() !== '');
  }

  /** The last line, when the input did not end with a line break. */
  flush(): string[] {
    const last = this.#rest;
    this.#rest = '';
    return last.trim() === '' ? [] : [last];
  }
}
