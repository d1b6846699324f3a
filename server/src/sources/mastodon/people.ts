import type { MapContext } from '../../domain/sources/connector.ts';
import { fieldOf, listOf, wordOf } from '../fields.ts';

/** `name@server` in two; `null` for anything else. */
export function partsOf(account: string | null): { readonly name: string; readonly server: string } | null {
  const [, name, server] = /^@?([^@\s]+)@([^@\s/]+)$/.exec(account ?? '') ?? [];
  return name && server ? { name: name.toLowerCase(), server: server.toLowerCase() } : null;
}

/** Who it is, `name@server` in lower case, as proofs of accounts have it: people of one's own server come without it. */
export function personOf(account: unknown, { account: own }: MapContext): string | null {
  const acct = wordOf(account, 'acct')?.toLowerCase() ?? null;
  const server = partsOf(own)?.server;
  if (acct === null || server === undefined) return null;
  const whole = acct.includes('@') ? acct : `${acct}@${server}`;
  return partsOf(whole) ? whole : null;
}

/** The number its server knows the brand's account by, out of the people a status speaks to; `null` when it is not among them. */
export function brandIn(status: unknown, context: MapContext): string | null {
  const own = partsOf(context.account);
  if (own === null) return null;
  const found = listOf(fieldOf(status, 'mentions')).find(
    (mention) => personOf(mention, context) === `${own.name}@${own.server}`,
  );
  return found === undefined ? null : (wordOf(found, 'id') ?? '');
}

/** Machines do not count as people. */
export function isBot(account: unknown): boolean {
  return fieldOf(account, 'bot') === true || fieldOf(account, 'group') === true;
}

/** May what they wrote be read for its tone? Public, and by somebody who does not ask to be left out of such things. */
export function isReadable(status: unknown, account: unknown): boolean {
  return (
    fieldOf(status, 'visibility') === 'public' &&
    fieldOf(account, 'noindex') !== true &&
    fieldOf(account, 'indexable') !== false &&
    fieldOf(account, 'discoverable') !== false
  );
}
