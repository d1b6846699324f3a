import type { Cookies } from '@sveltejs/kit';
import { parseSetCookie } from './set-cookie.ts';

/** Hand cookies that our API set on to the visitor. */
export function passCookies(cookies: Cookies, lines: readonly string[]): void {
  for (const line of lines) {
    const cookie = parseSetCookie(line);
    if (cookie) cookies.set(cookie.name, cookie.value, { ...cookie.options, encode: (value) => value });
  }
}
