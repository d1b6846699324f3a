import { describe, expect, it } from 'vitest';
import { draftOf } from './form.ts';

describe('draftOf', () => {
  it('reads what a person typed, decimal comma and all', () => {
    const form = new FormData();
    const fields = [
      ['name', ' Hall '],
      ['brands', 'a'],
      ['brands', 'b'],
      ['scenes', 'mood'],
      ['scenes', 'numbers'],
      ['scenes', 'nothing'],
      ['locale', 'en'],
      ['theme', 'night'],
      ['inches', '65'],
      ['metres', '2,5'],
      ['seconds', '30'],
    ] as const;
    for (const [name, value] of fields) form.append(name, value);
    expect(draftOf(form)).toEqual({
      name: 'Hall',
      brands: ['a', 'b'],
      wall: {
        scenes: ['numbers', 'mood'],
        locale: 'en',
        theme: 'night',
        inches: 65,
        metres: 2.5,
        seconds: 30,
      },
    });
  });
});
