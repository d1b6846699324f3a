import type { FastifyReply } from 'fastify';
import type { HttpParts } from '../http-parts.ts';

/** What the routes of accounts share. */
export interface StaffContext extends HttpParts {
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
}

/** Header in which sign-ins are told the caller's address. */
export const ADDRESS_HEADER = 'x-fanfare-address';

/** Hand on every cookie that sign-ins set. */
export function passCookies(reply: FastifyReply, answer: Response): void {
  for (const line of answer.headers.getSetCookie()) void reply.header('set-cookie', line);
}
