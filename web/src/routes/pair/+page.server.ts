import type { DeviceCodes, OwnDisplay } from '@fanfare/contract';
import { redirect, type Cookies } from '@sveltejs/kit';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import type { ApiAnswer } from '#lib/server/access.ts';
import { access, publicOrigin, readOptional } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { PageServerLoad } from './$types.js';

/** Codes this television was given and waits with. */
const COOKIE = 'fanfare_pairing';
const WAITING = /^([\w-]{43})\.([A-Z]{4}-[A-Z]{4})$/;

/** Codes to show; a television that was let in goes to its board. */
export const load: PageServerLoad = async (event) => {
  const own = await readOptional<OwnDisplay>(event, 'displays/own');
  if (own) return own.brands[0] === undefined ? { state: 'nothing' as const } : open(own.brands[0]);
  const origin = publicOrigin(event);
  const uri = origin + localizeHref('/displays/approve');
  const found = WAITING.exec(event.cookies.get(COOKIE) ?? '');
  if (found) {
    const [, device = '', code = ''] = found;
    const answer = await access(event).send?.('POST', '/api/v1/displays/token', { device_code: device });
    if (answer?.status === 200) {
      passCookies(event.cookies, answer.setCookie);
      forget(event.cookies);
      const { brands } = answer.body as OwnDisplay;
      return brands[0] === undefined ? { state: 'nothing' as const } : open(brands[0]);
    }
    const error = errorOf(answer);
    if (error === 'access_denied') {
      forget(event.cookies);
      return { state: 'refused' as const };
    }
    if (error !== 'expired_token') return { state: 'waiting' as const, device, code, uri };
  }
  const begun = await access(event).send?.('POST', `/api/v1/displays/codes?locale=${getLocale()}`);
  if (!begun || begun.status !== 200) return { state: 'busy' as const };
  passCookies(event.cookies, begun.setCookie);
  const { device_code: device, user_code: code, expires_in: maxAge } = begun.body as DeviceCodes;
  event.cookies.set(COOKIE, `${device}.${code}`, {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', maxAge },
    secure: origin.startsWith('https:'),
  });
  return { state: 'waiting' as const, device, code, uri };
};

function open(brand: string): never {
  redirect(303, localizeHref(`/wall/${brand}`));
}

function forget(cookies: Cookies): void {
  cookies.delete(COOKIE, { path: '/' });
}

function errorOf(answer: ApiAnswer | undefined): string | undefined {
  return (answer?.body as { error?: string } | null | undefined)?.error;
}
