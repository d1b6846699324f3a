import {
  ROLES,
  type InvitationBody,
  type InvitedBody,
  type MemberBody,
  type ResetMade,
  type SessionBody,
} from '@fanfare/contract';
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { reasonOf } from '#lib/account/reason.ts';
import { can } from '#lib/may.ts';
import { within } from '#lib/organisation.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, apiPath, organisationIn, read } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Members and invitations; who may not change them sees what their own role is. */
export const load: PageServerLoad = async (event) => {
  const session = await read<SessionBody>(event, 'session');
  if (!session.signedIn)
    redirect(303, `${localizeHref('/sign-in')}?next=${encodeURIComponent(event.url.pathname)}`);
  const { organisation, may } = await event.parent();
  const manages = can(may, 'members.manage');
  const of = within('', organisation);
  return {
    roles: ROLES,
    manages,
    needsOwner: session.kind === 'root' && session.needsOwner,
    members: manages ? await read<readonly MemberBody[]>(event, `members${of}`) : [],
    invitations: manages ? await read<readonly InvitationBody[]>(event, `invitations${of}`) : [],
    /** The member whose removal is to be confirmed. */
    removing: event.url.searchParams.get('remove'),
  };
};

export const actions: Actions = {
  invite: async (event) => {
    const field = await fieldsOf(event);
    const asked = { email: field('email').trim(), role: field('role') };
    const answer = await access(event).send?.('POST', apiPath(event, 'invitations'), asked);
    if (!answer || answer.status >= 400) return refuse(answer);
    return { invited: answer.body as InvitedBody };
  },
  withdraw: async (event) => {
    const id = encodeURIComponent((await fieldsOf(event))('id'));
    const answer = await access(event).send?.('DELETE', apiPath(event, `invitations/${id}`));
    return !answer || answer.status >= 400 ? refuse(answer) : { saved: true };
  },
  role: async (event) => {
    const field = await fieldsOf(event);
    const path = apiPath(event, `members/${encodeURIComponent(field('user'))}`);
    const answer = await access(event).send?.('PATCH', path, { role: field('role') });
    return !answer || answer.status >= 400 ? refuse(answer) : { saved: true };
  },
  reset: async (event) => {
    const user = encodeURIComponent((await fieldsOf(event))('user'));
    const answer = await access(event).send?.('POST', apiPath(event, `members/${user}/password-reset`));
    if (!answer || answer.status >= 400) return refuse(answer);
    return { reset: answer.body as ResetMade };
  },
  remove: async (event) => {
    const path = apiPath(event, `members/${encodeURIComponent((await fieldsOf(event))('user'))}`);
    const answer = await access(event).send?.('DELETE', path);
    if (!answer || answer.status >= 400) return refuse(answer);
    redirect(303, localizeHref(`/team${organisationIn(event)}`));
  },
};

async function fieldsOf(event: RequestEvent): Promise<(name: string) => string> {
  const form = await event.request.formData();
  return (name) => String(form.get(name) ?? '');
}

function refuse(answer: { readonly status: number; readonly body: unknown } | undefined) {
  return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
}
