import { m } from '#lib/paraglide/messages.js';
import type { ApiAnswer } from '#lib/server/access.ts';

const SAID_IN_DETAIL = ['weak_password', 'unauthenticated', 'bad_field', 'forbidden'];

const REASONS: Readonly<Record<string, () => string>> = {
  short: m.acc_weak_short,
  long: m.acc_weak_long,
  common: m.acc_weak_common,
  holds_email: m.acc_weak_email,
  holds_product: m.acc_weak_product,
  INVALID_EMAIL_OR_PASSWORD: m.acc_wrong_password,
  INVALID_PASSWORD: m.acc_wrong_own_password,
  INVALID_CODE: m.acc_wrong_code,
  INVALID_BACKUP_CODE: m.acc_wrong_code,
  INVALID_TWO_FACTOR_COOKIE: m.acc_step_over,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: m.acc_step_over,
  SESSION_NOT_FRESH: m.acc_not_fresh,
  too_many_requests: m.acc_too_many,
  already_member: m.acc_already_member,
  last_owner: m.acc_last_owner,
  link_refused: m.acc_link_refused,
  already_set_up: m.acc_already_set_up,
  unauthenticated: m.acc_signed_out,
  bad_field: m.acc_bad_field,
  forbidden: m.acc_forbidden,
  other_organisation: m.acc_other_organisation,
};

/** Why the API refused, in words: by its code, or by the narrower reason in its detail. For servers. */
export function reasonOf(answer: ApiAnswer | undefined): string {
  const problem = (answer?.body ?? {}) as { code?: string; detail?: string };
  const { code = 'unavailable', detail = '' } = problem;
  const reason = SAID_IN_DETAIL.includes(code) && /^[A-Za-z_]+$/.test(detail) ? detail : code;
  return (REASONS[reason] ?? m.acc_unavailable)();
}
