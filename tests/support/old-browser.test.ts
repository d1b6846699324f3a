import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { newerCss, newerHtml } from './old-browser.ts';

describe('what Chrome 76 knows', () => {
  it.each([
    ['a { inset: 0 }', 'inset'],
    ['a { gap: 1em }', 'gap (flex_context)'],
    ['a { aspect-ratio: 1 }', 'aspect-ratio'],
    ['a { width: clamp(1em, 2vw, 3em) }', 'clamp()'],
    ['a { width: min(1em, 2vw) }', 'min()'],
    ['a { overflow: clip }', 'overflow: clip'],
    ['a { color: color-mix(in srgb, red, red) }', 'color-mix()'],
    ['a { height: 100dvh }', 'unit dvh'],
    ['a:focus-visible { color: red }', ':focus-visible'],
    ['a:has(b) { color: red }', ':has'],
    ['a { & b { color: red } }', 'nesting'],
    ['@container (width > 1em) { a { color: red } }', '@container'],
    ['@media (forced-colors: active) { a { color: red } }', '@media (forced-colors)'],
    ['a { no-such-thing: 1 }', 'no-such-thing, unknown'],
  ])('is less than %s', (text, what) => {
    expect(newerCss(text)).toContain(what);
  });
  it('is more than nothing', () => {
    expect(newerCss('a { display: flex; color: var(--x); width: calc(1em + 2vh) }')).toEqual([]);
    expect(newerCss('@media (prefers-reduced-motion: reduce) { a::before { content: "min(" } }')).toEqual([]);
    expect(
      newerHtml([
        { name: 'dialog', svg: false, attributes: ['open', 'data-x'] },
        { name: 'div', svg: false, attributes: ['inert', 'popover'] },
        { name: 'path', svg: true, attributes: ['d', 'vector-effect'] },
      ]),
    ).toEqual(['<div inert>', '<div popover>']);
  });
  it('is enough for the style of walls', async () => {
    const file = new URL('../../web/static/wall.css', import.meta.url);
    expect(newerCss(await readFile(file, 'utf8'))).toEqual([]);
  });
});
