import type { DeviceCodes, OwnDisplay } from '@fanfare/contract';
import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import type { ApiAnswer } from './access.ts';
import { access, publicOrigin } from './api.ts';
import { passCookies } from './pass-cookies.ts';

/** Codes this television was given and waits with. */
const COOKIE = 'fanfare_pairing';
const WAITING = /^([\w-]{43})\.([A-Z]{4}-[A-Z]{4})$/;

/** How a television stands with the server. */
export type Standing =
  | { readonly state: 'paired'; readonly own: OwnDisplay }
  /** It may be one: the server could not say. */
  | { readonly state: 'away' }
  | { readonly state: 'waiting'; readonly device: string; readonly code: string; readonly uri: string }
  | { readonly state: 'refused' | 'busy' };

/** Is this browser a paired television? If not, it asks to be one. */
export async function standingOf(event: RequestEvent): Promise<Standing> {
  const own = await access(event).read('/api/v1/displays/own');
  if (own.status === 200) return { state: 'paired', own: own.body as OwnDisplay };
  return own.status === 401 ? pair(event) : { state: 'away' };
}

async function pair(event: RequestEvent): Promise<Standing> {
  const origin = publicOrigin(event);
  const uri = origin + localizeHref('/displays/approve');
  const found = WAITING.exec(event.cookies.get(COOKIE) ?? '');
  if (found) {
    const [, device = '', code = ''] = found;
    const answer = await access(event).send?.('POST', '/api/v1/displays/token', { device_code: device });
    if (answer?.status === 200) {
      passCookies(event.cookies, answer.setCookie);
      forget(event.cookies);
      return { state: 'paired', own: answer.body as OwnDisplay };
    }
    const error = errorOf(answer);
    if (error === 'access_denied') {
      forget(event.cookies);
      return { state: 'refused' };
    }
    if (error !== 'expired_token') return { state: 'waiting', device, code, uri };
  }
  const begun = await access(event).send?.('POST', `/api/v1/displays/codes?locale=${getLocale()}`);
  if (begun?.status !== 200) return { state: 'busy' };
  passCookies(event.cookies, begun.setCookie);
  const { device_code: device, user_code: code, expires_in: maxAge } = begun.body as DeviceCodes;
  event.cookies.set(COOKIE, `${device}.${code}`, {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', maxAge },
    secure: origin.startsWith('https:'),
  });
  return { state: 'waiting', device, code, uri };
}

function forget(cookies: Cookies): void {
  cookies.delete(COOKIE, { path: '/' });
}

function errorOf(answer: ApiAnswer | undefined): string | undefined {
  return (answer?.body as { error?: string } | null | undefined)?.error;
}
