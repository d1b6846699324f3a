import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/** Boards that were frozen. A row is made and deleted, never changed: a trigger refuses it. */
export const snapshot = pgTable(
  'snapshot',
  {
    ...tenant,
    /** 128 random bits, base64url: who does not know it cannot guess it. */
    id: text().notNull(),
    title: text().notNull(),
    window: text().notNull(),
    audience: text().notNull(),
    asOf: instant('as_of').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Canonical text (RFC 8785) of the snapshot, UTF-8, and its hash. */
    canonical: bytes().notNull(),
    sha256: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    index('snapshot_id').on(t.id),
    index('snapshot_newest').on(t.organisationId, t.brandId, t.createdAt, t.id),
  ],
);
