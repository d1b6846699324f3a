import type { FastifyRequest } from 'fastify';
import type { AuditAction, AuditDetail } from '@fanfare/contract';
import { actorOf, type AuditActor } from '../domain/audit/log.ts';
import type { BrandRecord } from '../parts.ts';
import { principalOf } from './context.ts';
import type { HttpParts } from './http-parts.ts';

type Noting = Pick<HttpParts, 'access' | 'audit'>;

/** Who sent this, as the audit log names them. @throws Fault as for any request */
export function authorOf(request: FastifyRequest, { access }: Noting): AuditActor {
  return actorOf(principalOf(request, access));
}

/**
 * Keep in the audit log what whoever sent this did to a brand. Awaited before the answer, and before
 * anything that names people is read. Nothing is kept of acts on the demonstration brand, whose fans
 * are invented: its stream would bury the rest.
 */
export async function noted(
  request: FastifyRequest,
  parts: Noting,
  { organisation, id, body }: Pick<BrandRecord, 'organisation' | 'id' | 'body'>,
  action: AuditAction,
  detail: AuditDetail = {},
): Promise<void> {
  if (body.demonstration) return;
  const actor = authorOf(request, parts);
  await parts.audit.log.add({ organisation, actor, action, brand: id, detail });
}

/** The same for an act on an organisation as a whole. */
export async function notedIn(
  request: FastifyRequest,
  parts: Noting,
  organisation: number,
  action: AuditAction,
  detail: AuditDetail = {},
): Promise<void> {
  const actor = authorOf(request, parts);
  await parts.audit.log.add({ organisation, actor, action, brand: null, detail });
}

/** An act of somebody with an account on that account, in each organisation they belong to. */
export async function notedOf(
  user: string,
  { staff, audit }: Pick<HttpParts, 'staff' | 'audit'>,
  action: AuditAction,
  detail: AuditDetail = {},
  actor: AuditActor = { kind: 'member', id: user },
): Promise<void> {
  const { book } = staff;
  const theirs = [...book.organisations.keys()].filter((organisation) =>
    book.members(organisation).some((member) => member.user === user),
  );
  await Promise.all(
    theirs.map((organisation) => audit.log.add({ organisation, actor, action, brand: null, detail })),
  );
}
