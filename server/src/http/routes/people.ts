import type { FastifyInstance } from 'fastify';
import type { Attempts } from '../accounts/attempts.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { signInWaysRoute } from './company.ts';
import { invitationRoutes } from './invitations.ts';
import { memberRoutes } from './members.ts';
import { ownSessionRoutes } from './own-sessions.ts';
import { passwordResetRoutes } from './password-resets.ts';
import { setUpRoutes } from './set-up.ts';

/** Accounts of a team: the first one, members, invitations, forgotten passwords, open sign-ins. */
export function peopleRoutes(app: FastifyInstance, context: StaffContext, attempts: Attempts): void {
  setUpRoutes(app, context);
  memberRoutes(app, context);
  invitationRoutes(app, context, attempts);
  passwordResetRoutes(app, context, attempts);
  signInWaysRoute(app, context);
  ownSessionRoutes(app, context);
}
