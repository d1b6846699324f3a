import type { AuditAction, AuditActorKind, AuditDetail } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

const ACTIONS: Readonly<Record<AuditAction, () => string>> = {
  'session.begun': () => m.audit_do_session_begun(),
  'session.ended': () => m.audit_do_session_ended(),
  'session.refused': () => m.audit_do_session_refused(),
  'member.invited': () => m.audit_do_member_invited(),
  'invitation.withdrawn': () => m.audit_do_invitation_withdrawn(),
  'member.joined': () => m.audit_do_member_joined(),
  'member.role_changed': () => m.audit_do_member_role_changed(),
  'member.removed': () => m.audit_do_member_removed(),
  'credential.changed': () => m.audit_do_credential_changed(),
  'token.made': () => m.audit_do_token_made(),
  'token.revoked': () => m.audit_do_token_revoked(),
  'display.paired': () => m.audit_do_display_paired(),
  'display.changed': () => m.audit_do_display_changed(),
  'display.ordered': () => m.audit_do_display_ordered(),
  'display.revoked': () => m.audit_do_display_revoked(),
  'brand.made': () => m.audit_do_brand_made(),
  'brand.changed': () => m.audit_do_brand_changed(),
  'brand.deleted': () => m.audit_do_brand_deleted(),
  'source.connected': () => m.audit_do_source_connected(),
  'source.changed': () => m.audit_do_source_changed(),
  'source.secret_changed': () => m.audit_do_source_secret_changed(),
  'source.removed': () => m.audit_do_source_removed(),
  'source.replayed': () => m.audit_do_source_replayed(),
  'file.import_begun': () => m.audit_do_file_import_begun(),
  'file.imported': () => m.audit_do_file_imported(),
  'file.import_ended': () => m.audit_do_file_import_ended(),
  'notice.published': () => m.audit_do_notice_published(),
  'consents.imported': () => m.audit_do_consents_imported(),
  'fan.invited': () => m.audit_do_fan_invited(),
  'fan.shown': () => m.audit_do_fan_shown(),
  'fan.withdrawn': () => m.audit_do_fan_withdrawn(),
  'fan.erased': () => m.audit_do_fan_erased(),
  'request.opened': () => m.audit_do_request_opened(),
  'request.shown': () => m.audit_do_request_shown(),
  'request.extended': () => m.audit_do_request_extended(),
  'request.closed': () => m.audit_do_request_closed(),
  'quarantine.decided': () => m.audit_do_quarantine_decided(),
  'quarantine.acknowledged': () => m.safety_audit_acknowledged(),
  'safety.contact_changed': () => m.safety_audit_contact(),
  'snapshot.made': () => m.audit_do_snapshot_made(),
  'snapshot.downloaded': () => m.audit_do_snapshot_downloaded(),
  'snapshot.deleted': () => m.audit_do_snapshot_deleted(),
  'export.made': () => m.audit_do_export_made(),
  'share.made': () => m.audit_do_share_made(),
  'share.ended': () => m.audit_do_share_ended(),
  'bi.made': () => m.audit_do_bi_made(),
  'bi.ended': () => m.audit_do_bi_ended(),
  'rule.made': () => m.audit_do_rule_made(),
  'rule.changed': () => m.audit_do_rule_changed(),
  'rule.deleted': () => m.audit_do_rule_deleted(),
  'rule.restored': () => m.audit_do_rule_restored(),
  'rule.on': () => m.audit_do_rule_on(),
  'rule.off': () => m.audit_do_rule_off(),
  'rule.tried': () => m.audit_do_rule_tried(),
  'rules.webhook_changed': () => m.audit_do_rules_webhook_changed(),
  'rules.webhook_tested': () => m.audit_do_rules_webhook_tested(),
  'rules.stopped': () => m.audit_do_rules_stopped(),
  'rules.allowed': () => m.audit_do_rules_allowed(),
  'alert.made': () => m.audit_do_alert_made(),
  'alert.changed': () => m.audit_do_alert_changed(),
  'alert.deleted': () => m.audit_do_alert_deleted(),
  'alert.muted': () => m.audit_do_alert_muted(),
  'alert.acknowledged': () => m.audit_do_alert_acknowledged(),
  'alert.tested': () => m.audit_do_alert_tested(),
  'schedule.made': () => m.audit_do_schedule_made(),
  'schedule.changed': () => m.audit_do_schedule_changed(),
  'schedule.deleted': () => m.audit_do_schedule_deleted(),
  'schedule.paused': () => m.audit_do_schedule_paused(),
  'schedule.resumed': () => m.audit_do_schedule_resumed(),
  'schedule.tested': () => m.audit_do_schedule_tested(),
  'audit.exported': () => m.audit_do_audit_exported(),
  'annotation.written': () => m.audit_do_annotation_written(),
  'annotation.removed': () => m.audit_do_annotation_removed(),
  'demonstration.begun': () => m.audit_do_demonstration_begun(),
  'demonstration.ended': () => m.audit_do_demonstration_ended(),
};
const ACTORS: Readonly<Record<AuditActorKind, () => string>> = {
  root: () => m.audit_by_root(),
  member: () => m.audit_by_member(),
  token: () => m.audit_by_token(),
  display: () => m.audit_by_display(),
  visitor: () => m.audit_by_visitor(),
};

/** What was done, in words. */
export const actionName = (action: AuditAction): string => ACTIONS[action]();

/** Who did it, in words, with their name or id when there is one. */
export const actorName = (kind: AuditActorKind, name: string | null): string =>
  name === null ? ACTORS[kind]() : `${ACTORS[kind]()} ${name}`;

/** More of an act, as its codes are kept. */
export const detailText = (detail: AuditDetail): string =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ');
