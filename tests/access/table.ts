import type { Action } from '@fanfare/contract';

/**
 * Who may do what, written down a second time: nothing here is read from the server. Tokens are named
 * by their scope. The installation's own token and link may do everything and are not named.
 */
export const MAY: Readonly<Record<Action, string>> = {
  'brand.read': 'owner manager analyst compliance display ingest consent read export admin',
  'board.read': 'owner manager analyst read admin',
  'public.read': 'owner manager analyst display read admin',
  'excerpts.read': 'owner manager analyst admin',
  'history.read': 'owner manager analyst read export admin',
  'snapshots.read': 'owner manager analyst read export admin',
  'snapshots.make': 'owner manager export admin',
  'exports.make': 'owner manager export admin',
  'shares.manage': 'owner manager admin',
  'bi.manage': 'owner manager admin',
  'displays.manage': 'owner manager admin',
  'annotations.write': 'owner manager analyst admin',
  'alerts.manage': 'owner manager admin',
  'schedules.manage': 'owner manager admin',
  'rules.read': 'owner manager compliance admin',
  'rules.manage': 'owner manager admin',
  'rules.stop': 'owner manager compliance admin',
  'events.write': 'owner ingest admin',
  'imports.run': 'owner manager ingest admin',
  'figures.write': 'owner manager ingest admin',
  'consents.write': 'owner compliance consent admin',
  'consents.read': 'owner compliance consent admin',
  'notices.read': 'owner manager analyst compliance consent admin',
  'notices.manage': 'owner manager compliance admin',
  'rights.manage': 'owner compliance admin',
  'invitations.send': 'owner manager compliance consent admin',
  'quarantine.decide': 'owner compliance admin',
  'proof.read': 'owner compliance admin',
  'recounts.run': 'owner manager compliance admin',
  'brands.make': 'owner admin',
  'brands.change': 'owner manager admin',
  'brands.delete': 'owner admin',
  'sources.manage': 'owner manager admin',
  'members.manage': 'owner admin',
  'tokens.manage': 'owner admin',
  'audit.read': 'owner compliance admin',
  'demonstration.switch': 'owner admin',
};

/** What somebody without any right here may do on the demonstration brand, and nowhere else. */
export const ON_THE_DEMONSTRATION =
  'brand.read board.read public.read excerpts.read history.read snapshots.read';

/** Actions that no route and no socket asks about yet. Whoever builds one gives it its requests. */
export const NOT_BUILT: readonly Action[] = [];

/** What comes along with a board, and is asked about in no call of its own. */
export const WITH_THE_BOARD: readonly Action[] = ['excerpts.read'];

/** Calls that ask about no action: open to everybody, or about the caller's own things alone. */
export const WITHOUT_ACTION: readonly RegExp[] = [
  /^GET \/(?:healthz|readyz)$/,
  /^GET \/api\/v1\/(?:openapi\.json|asyncapi\.json|docs|definitions|receipts\/keys\.json)$/,
  /^(?:GET|POST|DELETE) \/api\/v1\/session$/,
  /^GET \/api\/v1\/session\/link\/:secret$/,
  /^(?:GET|DELETE) \/api\/v1\/sessions(?:\/:id)?$/,
  /^(?:GET|POST) \/api\/auth\//,
  /^(?:GET|POST) \/api\/v1\/invitations\/offer\/:secret$/,
  // Whoever has the link to a new password has it; what is said of an address is the same for all.
  /^(?:GET|POST) \/api\/v1\/password-resets(?:\/:secret)?$/,
  /^GET \/api\/v1\/sign-in-ways$/,
  /^\w+ \/api\/v1\/(?:fan|fan-proofs|trust)\//,
  /^POST \/api\/v1\/displays\/(?:codes|token|renew)$/,
  /^GET \/api\/v1\/displays\/(?:own(?:\/turn|\/boards\/:brand)?|codes\/:code\/qr\.svg)$/,
  /^GET \/api\/v1\/snapshots\/:id\/sha256$/,
  // Says no in the words of OData: tests/bi/odata.test.ts asks who may.
  /^GET \/api\/v1\/brands\/:brand\/odata(?:\/|$)/,
  // For whoever has the link.
  /^GET \/api\/v1\/bi\/:key\/:view\.csv$/,
  /^(?:GET|POST) \/api\/v1\/shared\/:secret/,
  // Of recipients, by the link in their mail.
  /^(?:GET|PUT|POST) \/api\/v1\/(?:subscriptions|unsubscribe)\/:token$/,
  // For whoever has the link that came with an offer: it ends that purpose and tells nothing.
  /^(?:GET|POST) \/api\/v1\/no-offers\/:token$/,
  // For whoever has the link of a report: it acknowledges that one and shows nothing of it.
  /^(?:GET|POST) \/api\/v1\/safety\/:secret$/,
  // Of networks, by their signature; and the page that tells somebody how their deletion went.
  /^(?:GET|POST) \/hooks\/:source/,
  /^GET \/api\/v1\/deletions\/:code$/,
  // Answers the brands that somebody may know of: looked at by itself.
  /^GET \/api\/v1\/brands$/,
];

/** Calls of the installation itself, which no role and no scope opens. */
export const ROOT_ALONE: readonly string[] = [
  'GET /api/v1/metrics',
  'GET /api/v1/recount',
  'POST /api/v1/set-up',
];
