import type { IncomingHttpHeaders } from 'node:http';
import type { Displays } from '../domain/access/display.ts';
import type { IdentityBook } from './access.ts';

/** Name of the cookie that holds a display's key; on https one that no other host can set. */
export const displayCookie = (secure: boolean): string =>
  secure ? '__Host-fanfare_display' : 'fanfare_display';

/** The key in a Cookie header, if any. */
export function displayKeyIn(header: string | undefined, secure: boolean): string | null {
  const name = `${displayCookie(secure)}=`;
  const part = header?.split(';').find((one) => one.trim().startsWith(name));
  return part === undefined ? null : part.trim().slice(name.length);
}

/** Keys of paired televisions as a proof of who asks. */
export function displayBook(displays: Displays, secure: boolean): IdentityBook {
  return {
    find({ cookie }: IncomingHttpHeaders) {
      const key = displayKeyIn(cookie, secure);
      if (key === null) return undefined;
      const found = displays.find(key);
      if (!found) return null;
      const { id, organisation, brands } = found;
      return { kind: 'display', id, organisation, brands: new Set(brands) };
    },
  };
}
