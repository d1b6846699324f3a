import type { AuditAction, AuditActorKind, AuditDetail } from '@fanfare/contract';
import type { Principal } from '../access/principal.ts';
import type { ChainLink } from '../chain.ts';
import type { AuditRecord } from './chain.ts';

/** Who acted. The id is one of ours (a user, a token, a display), never a fan's. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id: string | null;
}

/** One act to be kept. */
export interface AuditEntry {
  readonly organisation: number;
  readonly actor: AuditActor;
  readonly action: AuditAction;
  /** Number of the brand it was about, `null` for none. */
  readonly brand: number | null;
  readonly detail: AuditDetail;
}

/** Which records are asked for; what is `null` does not narrow. */
export interface AuditFilter {
  /** From this instant (ms) to before that one. */
  readonly from: number | null;
  readonly to: number | null;
  readonly action: AuditAction | null;
  readonly actor: { readonly kind: AuditActorKind; readonly id: string | null } | null;
}

/** The audit log of every organisation: only ever added to, until it is old enough to be let go. */
export interface Audit {
  /**
   * Keep an act; resolves after the commit. An act is answered after this, and what names people is
   * shown after it. @throws Fault overloaded when too much waits; nothing was kept then
   */
  add(entry: AuditEntry): Promise<void>;
  /** At most `most` records before number `before`, the newest first. */
  newest(
    organisation: number,
    filter: AuditFilter,
    before: number | null,
    most: number,
  ): Promise<readonly ChainLink<AuditRecord>[]>;
  /** All records there are at the call, the oldest first, some at a time. */
  all(organisation: number, filter: AuditFilter): AsyncIterable<readonly ChainLink<AuditRecord>[]>;
}

/** Who acts, as the audit log names them. */
export function actorOf(principal: Principal): AuditActor {
  switch (principal.kind) {
    case 'member':
      return { kind: 'member', id: principal.user };
    case 'token':
    case 'display':
      return { kind: principal.kind, id: principal.id };
    case 'root':
    case 'visitor':
      return { kind: principal.kind, id: null };
  }
}
