import { hash } from 'node:crypto';
import type { AuditAction, AuditActorKind } from '@fanfare/contract';

/** One record of an organisation's audit log, as it is kept. */
export interface AuditRecord {
  /** 1, 2, 3 … within the organisation. */
  readonly n: number;
  readonly organisation: number;
  /** Milliseconds. */
  readonly at: number;
  readonly actor: { readonly kind: AuditActorKind; readonly id: string | null };
  readonly action: AuditAction;
  /** Number of the brand. */
  readonly brand: number | null;
  /** JSON, byte for byte as it was hashed. */
  readonly detail: string;
}

/**
 * Hash of a record that follows one with hash `before` ('' for the first): SHA-256 over that hash
 * and the record's fields as one JSON array. Hexadecimal.
 */
export function linkAudit(before: string, record: AuditRecord): string {
  const { n, organisation, at, actor, action, brand, detail } = record;
  const fields = [before, n, organisation, at, actor.kind, actor.id, action, brand, detail];
  return hash('sha256', JSON.stringify(fields), 'hex');
}
