import { index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/**
 * What fans wrote, in short, while they let it be shown: the one place where words are kept. The
 * text is sealed under its fan's own key, so that it can be read nowhere once the key is gone.
 */
export const excerpt = pgTable(
  'excerpt',
  {
    ...tenant,
    /** Key of its engagement: they come and go in the same transactions. */
    key: uuid().notNull(),
    fan: integer().notNull(),
    /** When it was said. */
    at: instant('at').notNull(),
    network: smallint().notNull(),
    kind: smallint().notNull(),
    object: text().notNull(),
    label: smallint().notNull(),
    /** What it may be shown for: 1 `quote`, 2 `wall`, 3 both. */
    purposes: smallint().notNull(),
    /** AES-256-GCM: nonce, tag, data. */
    sealed: bytes().notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key] }),
    index('excerpt_at').on(t.organisationId, t.brandId, t.at),
    index('excerpt_fan').on(t.organisationId, t.brandId, t.fan),
  ],
);
