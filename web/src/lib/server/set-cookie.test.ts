import { describe, expect, it } from 'vitest';
import { parseSetCookie } from './set-cookie.ts';

describe('parseSetCookie', () => {
  it('keeps value and attributes', () => {
    expect(parseSetCookie('fanfare=a=b.c; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=60')).toEqual({
      name: 'fanfare',
      value: 'a=b.c',
      options: { path: '/', httpOnly: true, secure: true, sameSite: 'strict', maxAge: 60 },
    });
  });
  it('takes the careful defaults, and an end at once', () => {
    expect(parseSetCookie('x=; Max-Age=0')).toEqual({
      name: 'x',
      value: '',
      options: { path: '/', httpOnly: false, secure: false, sameSite: 'lax', maxAge: 0 },
    });
  });
  it('refuses what is no cookie', () => {
    expect(parseSetCookie('nothing')).toBeNull();
    expect(parseSetCookie('=x')).toBeNull();
  });
});
