import { bigint, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/** Links that show one snapshot to whoever has them: hashed, so that this table opens nothing. */
export const shareLink = pgTable(
  'share_link',
  {
    ...tenant,
    /** Names the link to the team; opens nothing. */
    id: text().notNull(),
    /** SHA-256 of the secret in the address. */
    hash: bytes().notNull(),
    snapshot: text().notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** When the team ended it before its time. */
    endedAt: instant('ended_at'),
    /** PHC string of the passphrase; null for none. */
    passphrase: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    uniqueIndex('share_link_hash').on(t.hash),
  ],
);

/** When a link was used, and for what; not by whom. */
export const shareVisit = pgTable(
  'share_visit',
  {
    ...tenant,
    link: text().notNull(),
    n: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().notNull(),
    at: instant('at').notNull(),
    /** `opened`, `refused` (a wrong passphrase), or the format of a file. */
    act: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.link, t.n] })],
);
