import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** One-time links to a fan's page that were used. It names nobody; a row goes when its link has expired. */
export const fanLinkUsed = pgTable(
  'fan_link_used',
  {
    ...tenant,
    /** Random number of the link, base64url. */
    nonce: text().notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.nonce] })],
);
