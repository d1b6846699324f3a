import type { FastifyRequest } from 'fastify';
import { AUDIT_ACTIONS, AUDIT_ACTORS, parseInstant } from '@fanfare/contract';
import type { AuditFilter } from '../domain/audit/log.ts';
import { Fault } from '../domain/fault.ts';
import { queryOf } from './query.ts';

const DAY = 86_400_000;

/**
 * Which records of the audit log an address asks for: `from` and `to` (instants, or days of UTC, the
 * last one within), `action`, `actor` (a kind, or `kind:id`). What is empty does not narrow.
 * @throws Fault bad_field
 */
export function auditFilterOf(request: FastifyRequest): AuditFilter {
  const { from, to, action, actor } = queryOf(request);
  const [kind, id] = parted(text('actor', actor));
  return {
    from: instantIn('from', from, 0),
    to: instantIn('to', to, DAY),
    action: oneOf('action', AUDIT_ACTIONS, text('action', action)),
    actor: kind === null ? null : { kind: oneOf('actor', AUDIT_ACTORS, kind)!, id },
  };
}

/** `before=`: number of the record before which a page ends. @throws Fault bad_field */
export function beforeOf(request: FastifyRequest): number | null {
  const before = text('before', queryOf(request)['before']);
  if (before === null) return null;
  if (!/^[1-9]\d{0,14}$/.test(before))
    throw new Fault('bad_field', 'before: is the `next` of the page before');
  return Number(before);
}

function text(name: string, value: unknown): string | null {
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length > 128 || value.includes('\0'))
    throw new Fault('bad_field', `${name}: is given once, at most 128 characters`);
  return value;
}

function parted(actor: string | null): [string | null, string | null] {
  const at = actor?.indexOf(':') ?? -1;
  return actor === null || at < 0 ? [actor, null] : [actor.slice(0, at), actor.slice(at + 1)];
}

function oneOf<T extends string>(name: string, known: readonly T[], value: string | null): T | null {
  if (value === null) return null;
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Fault('bad_field', `${name}: is one of ${known.join(', ')}`);
  return found;
}

/** @param rest what is added to a day, to name its end */
function instantIn(name: string, value: unknown, rest: number): number | null {
  const given = text(name, value);
  if (given === null) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(given);
  const at = parseInstant(day ? `${given}T00:00:00Z` : given);
  if (at === null) throw new Fault('bad_field', `${name}: is a day, as 2026-11-22, or an RFC 3339 instant`);
  return day ? at + rest : at;
}
