import type { ProblemCode } from '@fanfare/contract';
import { api, json, nothing, type Operation } from './operation.ts';

const BODY: readonly ProblemCode[] = ['bad_json', 'bad_field', 'bad_origin', 'unavailable'];
const MANAGE: readonly ProblemCode[] = ['forbidden', 'unavailable'];
const auth = (path: string): string => `/api/auth${path}`;

type Short = Pick<Operation, 'path' | 'name' | 'what'>;

/** A sign-in's own call: a write that sets or ends cookies. */
const sign = (
  path: string,
  name: string,
  what: string,
  schema: string | null,
  access: 'open' | 'admin',
): Operation => ({
  method: 'POST',
  path: auth(path),
  name,
  what,
  access,
  ...(schema ? { body: { schema } } : {}),
  answer: json('SignInStep'),
  problems: [...BODY, 'unauthenticated', 'too_many_requests', 'overloaded'],
});

const look = ({ path, name, what }: Short, access: 'open' | 'admin', schema = 'Anything'): Operation => ({
  method: 'GET',
  path,
  name,
  what,
  access,
  answer: json(schema),
  problems: ['unauthenticated', 'unavailable'],
});

/** People of a team: accounts, members, invitations, sign-ins. */
export const STAFF: readonly Operation[] = [
  {
    method: 'POST',
    path: api('/set-up'),
    name: 'setUp',
    access: 'admin',
    what: 'Make the first owner; signs them in',
    body: { schema: 'SetUp' },
    answer: nothing('Made'),
    problems: ['already_set_up', 'weak_password', 'bad_json', 'bad_field', 'unavailable'],
  },
  look(
    { path: api('/members'), name: 'listMembers', what: 'Members of an organisation' },
    'admin',
    'Member[]',
  ),
  {
    method: 'PATCH',
    path: api('/members/:user'),
    name: 'changeMember',
    access: 'admin',
    what: 'Give a member another role; felt by open sockets within seconds',
    body: { schema: 'MemberChange' },
    answer: json('Member'),
    problems: ['bad_json', 'bad_field', 'not_found', 'last_owner', ...MANAGE],
  },
  {
    method: 'DELETE',
    path: api('/members/:user'),
    name: 'removeMember',
    access: 'admin',
    what: 'Remove a member; their account goes with their last membership',
    answer: nothing(),
    problems: ['not_found', 'last_owner', ...MANAGE],
  },
  look(
    { path: api('/invitations'), name: 'listInvitations', what: 'Invitations that are open' },
    'admin',
    'Invitation[]',
  ),
  {
    method: 'POST',
    path: api('/invitations'),
    name: 'inviteMember',
    access: 'admin',
    what: 'Invite somebody: by mail, or by a link to hand over; good once, for seven days',
    body: { schema: 'NewInvitation' },
    answer: { status: 201, what: 'Invited', schema: 'Invited' },
    problems: ['bad_json', 'bad_field', 'already_member', ...MANAGE],
  },
  {
    method: 'DELETE',
    path: api('/invitations/:id'),
    name: 'withdrawInvitation',
    access: 'admin',
    what: 'Withdraw an invitation',
    answer: nothing(),
    problems: ['not_found', ...MANAGE],
  },
  {
    method: 'GET',
    path: api('/invitations/offer/:secret'),
    name: 'readInvitation',
    access: 'open',
    what: 'What an invitation offers to who has its link',
    answer: json('Offer'),
    problems: ['link_refused', 'too_many_requests', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/invitations/offer/:secret'),
    name: 'acceptInvitation',
    access: 'open',
    what: 'Take an invitation: with a name and a password, or signed in with the invited address',
    body: { schema: 'Acceptance' },
    answer: nothing('Joined, and signed in'),
    problems: ['link_refused', 'weak_password', 'unauthenticated', 'too_many_requests', ...BODY],
  },
  look(
    { path: api('/sessions'), name: 'listOwnSessions', what: 'One’s own open sign-ins' },
    'admin',
    'OwnSession[]',
  ),
  {
    method: 'DELETE',
    path: api('/sessions/:id'),
    name: 'endOwnSession',
    access: 'admin',
    what: 'End one of them; its sockets are closed within seconds',
    answer: nothing(),
    problems: ['not_found', 'unavailable'],
  },
  sign('/sign-in/email', 'signInWithPassword', 'Sign in with e-mail and password', 'SignIn', 'open'),
  sign('/sign-out', 'endThisSession', 'Sign out', null, 'open'),
  sign(
    '/change-password',
    'changePassword',
    'Change one’s password; ends the other sign-ins',
    'PasswordChange',
    'admin',
  ),
  sign('/two-factor/enable', 'prepareTotp', 'Prepare codes of an application', 'OwnPassword', 'admin'),
  sign('/two-factor/disable', 'endTotp', 'No more codes of an application', 'OwnPassword', 'admin'),
  sign(
    '/two-factor/verify-totp',
    'verifyTotp',
    'The second step of a sign-in, or of the preparation',
    'Code',
    'open',
  ),
  sign(
    '/two-factor/verify-backup-code',
    'verifyBackupCode',
    'The second step with a backup code',
    'Code',
    'open',
  ),
  sign('/two-factor/generate-backup-codes', 'makeBackupCodes', 'New backup codes', 'OwnPassword', 'admin'),
  sign('/passkey/verify-registration', 'addPasskey', 'Add a passkey', 'PasskeyAnswer', 'admin'),
  sign(
    '/passkey/verify-authentication',
    'signInWithPasskey',
    'Sign in with a passkey',
    'PasskeyAnswer',
    'open',
  ),
  sign('/passkey/delete-passkey', 'deletePasskey', 'Remove a passkey', 'PasskeyOf', 'admin'),
  look(
    {
      path: auth('/passkey/generate-register-options'),
      name: 'passkeyOptions',
      what: 'Begin adding a passkey',
    },
    'admin',
  ),
  look(
    {
      path: auth('/passkey/generate-authenticate-options'),
      name: 'passkeyChallenge',
      what: 'Begin a sign-in with a passkey',
    },
    'open',
  ),
  look(
    { path: auth('/passkey/list-user-passkeys'), name: 'listPasskeys', what: 'One’s own passkeys' },
    'admin',
    'Anything[]',
  ),
];
