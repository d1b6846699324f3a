/** Who acts in an organisation. A fan is never among them: what fans do of themselves is not in this log. */
export const AUDIT_ACTORS = ['root', 'member', 'token', 'display', 'visitor'] as const;
export type AuditActorKind = (typeof AUDIT_ACTORS)[number];

/** Everything that is kept in the audit log. Codes are never reused for another meaning. */
export const AUDIT_ACTIONS = [
  'session.begun',
  'session.ended',
  'session.refused',
  'member.invited',
  'invitation.withdrawn',
  'member.joined',
  'member.role_changed',
  'member.removed',
  'credential.changed',
  'token.made',
  'token.revoked',
  'display.paired',
  'display.changed',
  'display.ordered',
  'display.revoked',
  'brand.made',
  'brand.changed',
  'brand.deleted',
  'source.connected',
  'source.changed',
  'source.secret_changed',
  'source.removed',
  'source.replayed',
  'file.import_begun',
  'file.imported',
  'file.import_ended',
  'notice.published',
  'consents.imported',
  'fan.invited',
  'fan.shown',
  'fan.withdrawn',
  'fan.erased',
  'request.opened',
  'request.shown',
  'request.extended',
  'request.closed',
  'quarantine.decided',
  'quarantine.acknowledged',
  'safety.contact_changed',
  'snapshot.made',
  'snapshot.downloaded',
  'snapshot.deleted',
  'export.made',
  'share.made',
  'share.ended',
  'bi.made',
  'bi.ended',
  'alert.made',
  'alert.changed',
  'alert.deleted',
  'alert.muted',
  'alert.acknowledged',
  'alert.tested',
  'schedule.made',
  'schedule.changed',
  'schedule.deleted',
  'schedule.paused',
  'schedule.resumed',
  'schedule.tested',
  'rule.made',
  'rule.changed',
  'rule.deleted',
  'rule.restored',
  'rule.on',
  'rule.off',
  'rule.tried',
  'rules.webhook_changed',
  'rules.webhook_tested',
  'rules.stopped',
  'rules.allowed',
  'audit.exported',
  'annotation.written',
  'annotation.removed',
  'demonstration.begun',
  'demonstration.ended',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Codes, counts and ids that tell more of an act; never anything of a fan. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One act as the team reads it. */
export interface AuditBody {
  /** 1, 2, 3 … within the organisation. */
  readonly n: number;
  readonly at: string;
  /** `name` of a member, while they are one; it is not kept in the log. */
  readonly actor: {
    readonly kind: AuditActorKind;
    readonly id: string | null;
    readonly name: string | null;
  };
  readonly action: AuditAction;
  /** Number of the brand; its slug while it exists. */
  readonly brand: { readonly number: number; readonly slug: string | null } | null;
  readonly detail: AuditDetail;
  /** Hash that links it to all acts before, hexadecimal. */
  readonly hash: string;
}

/** Acts, the newest first. `next` is the `before` of the next page. */
export interface AuditPage {
  readonly records: readonly AuditBody[];
  readonly next: number | null;
}
