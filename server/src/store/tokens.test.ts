import { describe, expect, it } from 'vitest';
import { createTokens } from './tokens.ts';

const SECRET = 'a secret of thirty-two characters';

describe('createTokens', () => {
  it('opens what it sealed, and nothing else', () => {
    const tokens = createTokens(SECRET, 'links');
    const token = tokens.seal('{"fan":"é"}');
    expect(tokens.open(token)).toBe('{"fan":"é"}');
    for (let at = 0; at < token.length - 1; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(tokens.open(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
    for (const text of ['', 'x', 'é', token.slice(0, 20)]) expect(tokens.open(text)).toBeNull();
  });
  it('keeps uses and installations apart', () => {
    const token = createTokens(SECRET, 'links').seal('x');
    expect(createTokens(SECRET, 'sessions').open(token)).toBeNull();
    expect(createTokens(`${SECRET}!`, 'links').open(token)).toBeNull();
  });
});
