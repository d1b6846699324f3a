import { describe, expect, it } from 'vitest';
import { hashOf, idIn, tokenOf } from './token.ts';

describe('the text of an API token', () => {
  it('holds 32 bytes and starts with its id', () => {
    const { id, token } = tokenOf(new Uint8Array(32).fill(7));
    expect(token).toHaveLength('fanfare_'.length + 43);
    expect(idIn(token)).toBe(id);
    expect(hashOf(token)).toHaveLength(32);
    expect(hashOf(token)).not.toEqual(hashOf(`${token.slice(0, -1)}A`));
  });

  it.each([
    '',
    'fanfare_',
    'fanfare_short',
    `fanfare_${'a'.repeat(44)}`,
    `Fanfare_${'a'.repeat(43)}`,
    'x'.repeat(51),
  ])('is not %j', (text) => {
    expect(idIn(text)).toBeNull();
  });
});
