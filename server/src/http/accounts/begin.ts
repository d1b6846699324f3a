import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteBegun } from './noted-sign-ins.ts';
import { ADDRESS_HEADER, passCookies, type StaffContext } from './parts.ts';

/** Sign in somebody whose account was just made: their cookies go with the answer. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  context: StaffContext,
  who: { readonly email: string; readonly password: string },
): Promise<void> {
  const { staff, publicUrl } = context;
  const answer = await staff.signIns(
    new Request(`${publicUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [ADDRESS_HEADER]: request.ip,
        'user-agent': request.headers['user-agent'] ?? '',
      },
      body: JSON.stringify(who),
    }),
  );
  if (!answer.ok) return;
  await noteBegun(context, answer, 'password');
  passCookies(reply, answer);
}
