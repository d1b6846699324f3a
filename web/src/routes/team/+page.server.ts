import {
  ROLES,
  type InvitationBody,
  type InvitedBody,
  type MemberBody,
  type SessionBody,
} from '@fanfare/contract';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Members and invitations; who may not change them sees what their own role is. */
export const load: PageServerLoad = async (event) => {
  const session = await read<SessionBody>(event, 'session');
  if (!session.signedIn)
    redirect(303, `${localizeHref('/sign-in')}?next=${encodeURIComponent(event.url.pathname)}`);
  const mine = session.organisations[0] ?? null;
  const manages = mine?.may.includes('members.manage') ?? false;
  return {
    roles: ROLES,
    mine,
    manages,
    needsOwner: session.kind === 'root' && session.needsOwner,
    members: manages ? await read<readonly MemberBody[]>(event, 'members') : [],
    invitations: manages ? await read<readonly InvitationBody[]>(event, 'invitations') : [],
    /** The member whose removal is to be confirmed. */
    removing: event.url.searchParams.get('remove'),
  };
};

export const actions: Actions = {
  invite: async (event) => {
    const field = await fieldsOf(event);
    const asked = { email: field('email').trim(), role: field('role') };
    const answer = await access(event).send?.('POST', '/api/v1/invitations', asked);
    if (!answer || answer.status >= 400) return refuse(answer);
    return { invited: answer.body as InvitedBody };
  },
  withdraw: async (event) => {
    const id = encodeURIComponent((await fieldsOf(event))('id'));
    const answer = await access(event).send?.('DELETE', `/api/v1/invitations/${id}`);
    return !answer || answer.status >= 400 ? refuse(answer) : { saved: true };
  },
  role: async (event) => {
    const field = await fieldsOf(event);
    const path = `/api/v1/members/${encodeURIComponent(field('user'))}`;
    const answer = await access(event).send?.('PATCH', path, { role: field('role') });
    return !answer || answer.status >= 400 ? refuse(answer) : { saved: true };
  },
  remove: async (event) => {
    const path = `/api/v1/members/${encodeURIComponent((await fieldsOf(event))('user'))}`;
    const answer = await access(event).send?.('DELETE', path);
    if (!answer || answer.status >= 400) return refuse(answer);
    redirect(303, localizeHref('/team'));
  },
};

async function fieldsOf(event: RequestEvent): Promise<(name: string) => string> {
  const form = await event.request.formData();
  return (name) => String(form.get(name) ?? '');
}

function refuse(answer: { readonly status: number; readonly body: unknown } | undefined) {
  return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
}
