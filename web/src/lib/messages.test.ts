import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Catalogue = Readonly<Record<string, unknown>>;
const web = new URL('../../', import.meta.url);
const read = (locale: string) =>
  JSON.parse(readFileSync(new URL(`messages/${locale}.json`, web), 'utf8')) as Catalogue;
const keysOf = (catalogue: Catalogue) =>
  Object.keys(catalogue)
    .filter((key) => !key.startsWith('$'))
    .sort();
const placeholders = (message: unknown) => [
  ...new Set([...JSON.stringify(message).matchAll(/\{([a-z]\w*)\}/g)].map(([, name]) => name)),
];

/** Every message the sources call, or name to have it called. */
function used(): string[] {
  const src = new URL('src/', web);
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(svelte|ts)$/.test(file) && !file.includes('paraglide') && !file.endsWith('.test.ts'),
  );
  const calls = files.flatMap((file) => [
    ...readFileSync(new URL(file.replaceAll('\\', '/'), src), 'utf8').matchAll(
      /\bm\.(?:([a-z0-9_]+)\(|([a-z0-9]+_[a-z0-9_]+)\b)/g,
    ),
  ]);
  return [...new Set(calls.map(([, called, named]) => called ?? named ?? ''))].sort();
}

describe('messages', () => {
  const fr = read('fr');
  const en = read('en');
  it('has the same keys in both languages', () => expect(keysOf(en)).toEqual(keysOf(fr)));
  it('has no key missing and none unused', () => expect(keysOf(fr)).toEqual(used()));
  it('fills the same places in both languages', () => {
    for (const key of keysOf(fr))
      expect(placeholders(en[key]).sort(), key).toEqual(placeholders(fr[key]).sort());
  });
  it('has no empty message', () => {
    for (const catalogue of [fr, en])
      for (const key of keysOf(catalogue)) expect(catalogue[key], key).toBeTruthy();
  });
  it('says "de" before the noun after a French million', () => {
    for (const key of keysOf(fr)) {
      const text = JSON.stringify(fr[key]);
      if (text.includes('{count}') && text.includes('plural=*')) expect(text, key).toContain('plural=many');
    }
  });
});
