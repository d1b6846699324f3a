import { m } from '#lib/paraglide/messages.js';

/** Why a sign-in at the company brought nobody in. @param company its name */
export const companyReason = (
  reason: 'over' | 'away' | 'refused' | 'unverified' | 'unknown' | 'linked',
  company: string,
): string =>
  ({
    over: m.company_over,
    away: m.company_away,
    refused: m.company_refused,
    unverified: m.company_unverified,
    unknown: m.company_unknown,
    linked: m.company_linked,
  })[reason]({ company });
