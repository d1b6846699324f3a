import type { Scope, TokenBody } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

/** A scope's name. */
export const scopeName = (scope: Scope): string =>
  ({
    ingest: m.tokens_scope_ingest,
    consent: m.tokens_scope_consent,
    read: m.tokens_scope_read,
    export: m.tokens_scope_export,
    admin: m.tokens_scope_admin,
  })[scope]();

/** What a scope lets a program do. */
export const scopeText = (scope: Scope): string =>
  ({
    ingest: m.tokens_may_ingest,
    consent: m.tokens_may_consent,
    read: m.tokens_may_read,
    export: m.tokens_may_export,
    admin: m.tokens_may_admin,
  })[scope]();

/** The brands a token is for. @param nameOf name of a brand by its slug */
export function brandsText({ brands }: TokenBody, nameOf: (slug: string) => string): string {
  if (brands === null) return m.tokens_all_brands();
  return brands.length === 0 ? m.tokens_no_brand() : brands.map(nameOf).join(', ');
}
