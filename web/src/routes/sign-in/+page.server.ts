import type { SignInWays } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, readOptional } from '#lib/server/api.ts';
import { localPath } from '#lib/server/local-path.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Why a sign-in at the company brought nobody in. */
const COMPANY = ['over', 'away', 'refused', 'unverified', 'unknown', 'linked'] as const;

export const load: PageServerLoad = async (event) => ({
  /** The one-time link that led here had been used before. */
  used: event.url.searchParams.get('link') === 'used',
  changed: event.url.searchParams.get('password') === 'changed',
  company: COMPANY.find((reason) => reason === event.url.searchParams.get('company')) ?? null,
  ways: await readOptional<SignInWays>(event, 'sign-in-ways'),
  next: event.url.searchParams.has('next')
    ? localPath(event.url.searchParams.get('next'))
    : localizeHref('/'),
});

export const actions: Actions = {
  password: async (event) => {
    const form = await event.request.formData();
    const next = localPath(String(form.get('next') ?? '/'));
    const email = String(form.get('email') ?? '').trim();
    const password = String(form.get('password') ?? '');
    const answer = await access(event).send?.('POST', '/api/auth/sign-in/email', { email, password });
    if (!answer || answer.status >= 400)
      return fail(answer?.status ?? 503, { refused: reasonOf(answer), email, next });
    passCookies(event.cookies, answer.setCookie);
    const { twoFactorRedirect } = (answer.body ?? {}) as { twoFactorRedirect?: boolean };
    if (twoFactorRedirect) return { step: 'code' as const, next };
    redirect(303, localPath(String(form.get('next') ?? '/')));
  },
  code: async (event) => {
    const form = await event.request.formData();
    const next = localPath(String(form.get('next') ?? '/'));
    const code = String(form.get('code') ?? '').replaceAll(/\s/g, '');
    const way = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
    const answer = await access(event).send?.('POST', `/api/auth/two-factor/${way}`, { code });
    if (!answer || answer.status >= 400) {
      passCookies(event.cookies, answer?.setCookie ?? []);
      return fail(answer?.status ?? 503, { step: 'code' as const, refused: reasonOf(answer), next });
    }
    passCookies(event.cookies, answer.setCookie);
    redirect(303, localPath(String(form.get('next') ?? '/')));
  },
  in: async (event) => {
    const form = await event.request.formData();
    const token = String(form.get('token') ?? '').trim();
    const answer = await access(event).send?.('POST', '/api/v1/session', { token });
    if (!answer) return fail(503, { reason: 'unavailable' as const });
    if (answer.status === 401 || answer.status === 400) return fail(401, { reason: 'refused' as const });
    if (answer.status >= 400) return fail(503, { reason: 'unavailable' as const });
    passCookies(event.cookies, answer.setCookie);
    redirect(303, localPath(String(form.get('next') ?? '/')));
  },
  out: async (event) => {
    const answer = await access(event).send?.('DELETE', '/api/v1/session');
    passCookies(event.cookies, answer?.setCookie ?? []);
    redirect(303, localizeHref('/'));
  },
};
