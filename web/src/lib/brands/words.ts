import { m } from '#lib/paraglide/messages.js';

/** Why a change of a brand was refused. */
export const refusedText = (reason: 'slug_taken' | 'bad_field' | 'forbidden' | 'unavailable'): string =>
  ({
    slug_taken: m.brands_slug_taken,
    bad_field: m.brands_bad_field,
    forbidden: m.acc_forbidden,
    unavailable: m.acc_unavailable,
  })[reason]();
