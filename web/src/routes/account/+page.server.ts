import type { OwnSession, SessionBody } from '@fanfare/contract';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string;
}

/** One's own account: sign-ins, password, second step, passkeys. */
export const load: PageServerLoad = async (event) => {
  const session = await read<SessionBody>(event, 'session');
  if (session.kind === 'root') redirect(303, localizeHref('/team'));
  if (session.kind !== 'member') {
    redirect(303, `${localizeHref('/sign-in')}?next=${encodeURIComponent(event.url.pathname)}`);
  }
  const passkeys = await access(event).read('/api/auth/passkey/list-user-passkeys');
  return {
    session,
    sessions: await read<readonly OwnSession[]>(event, 'sessions'),
    done: event.url.searchParams.get('done'),
    passkeys: passkeys.status === 200 ? (passkeys.body as readonly Passkey[]) : [],
  };
};

export const actions: Actions = {
  end: async (event) => {
    const id = (await fieldsOf(event))('id');
    const answer = await access(event).send?.('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`);
    return refusedOf(answer) ?? done('ended');
  },
  endOthers: async (event) => {
    for (const { id, current } of await read<readonly OwnSession[]>(event, 'sessions')) {
      if (current) continue;
      const answer = await access(event).send?.('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`);
      const refused = refusedOf(answer);
      if (refused && answer?.status !== 404) return refused;
    }
    return done('ended');
  },
  password: async (event) => {
    const field = await fieldsOf(event);
    const asked = { currentPassword: field('current'), newPassword: field('fresh') };
    return (await send(event, '/api/auth/change-password', asked)) ?? done('password');
  },
  prepare: async (event) => {
    const password = (await fieldsOf(event))('password');
    const answer = await access(event).send?.('POST', '/api/auth/two-factor/enable', { password });
    const refused = refusedOf(answer);
    if (refused || !answer) return refused ?? fail(503, { refused: reasonOf(undefined) });
    const { totpURI, backupCodes } = answer.body as { totpURI: string; backupCodes: readonly string[] };
    const secret = new URL(totpURI).searchParams.get('secret') ?? '';
    return { totp: { secret, backupCodes, drawn: renderSVG(totpURI, { border: 2 }) } };
  },
  confirm: async (event) => {
    const code = (await fieldsOf(event))('code').replaceAll(/\s/g, '');
    return (await send(event, '/api/auth/two-factor/verify-totp', { code })) ?? done('totp');
  },
  drop: async (event) => {
    const password = (await fieldsOf(event))('password');
    return (await send(event, '/api/auth/two-factor/disable', { password })) ?? done('no_totp');
  },
  forget: async (event) => {
    const id = (await fieldsOf(event))('id');
    return (await send(event, '/api/auth/passkey/delete-passkey', { id })) ?? done('forgotten');
  },
};

async function fieldsOf(event: RequestEvent): Promise<(name: string) => string> {
  const form = await event.request.formData();
  return (name) => String(form.get(name) ?? '');
}

/** The page anew: a change of how one signs in changes the cookie, which this request has still. */
function done(what: string): never {
  redirect(303, `${localizeHref('/account')}?done=${what}`);
}

/** Write as whoever asks; nothing when it was done. */
async function send(event: RequestEvent, path: string, body: object) {
  const answer = await access(event).send?.('POST', path, body);
  passCookies(event.cookies, answer?.setCookie ?? []);
  return refusedOf(answer);
}

function refusedOf(answer: { readonly status: number; readonly body: unknown } | undefined) {
  if (answer && answer.status < 400) return null;
  return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
}
