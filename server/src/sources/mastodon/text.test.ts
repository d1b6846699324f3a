import { describe, expect, it } from 'vitest';
import { plainText } from './text.ts';

describe('plainText', () => {
  it.each([
    [
      '<p>Super <span class="h-card"><a href="https://m.example/@b">@<span>b</span></a></span> !</p>',
      'Super @b !',
    ],
    ['<p>un</p><p>deux<br />trois</p>', 'un\ndeux\ntrois'],
    ['1 &lt; 2 &amp;&#39;&#x27; &eacute;&#0;&#9999999;', "1 < 2 &'' &eacute;"],
    ['<p>pas ferm', 'pas ferm'],
    ['', ''],
  ])('%j', (html, text) => expect(plainText(html)).toBe(text));
});
