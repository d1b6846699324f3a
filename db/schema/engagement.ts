import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** The ledger: one row for each engagement counted. It has no text and no network id of a person. */
export const engagement = pgTable(
  'engagement',
  {
    ...tenant,
    /** First 128 bits of HMAC-SHA-256(brand key, network + event id). */
    key: uuid().notNull(),
    /** Revision × 4 + rank of the verb (add 0, edit 1, remove 2): higher wins. */
    rev: bigint({ mode: 'number' }).notNull(),
    network: smallint().notNull(),
    kind: smallint().notNull(),
    fan: integer().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    label: smallint().notNull(),
    owner: integer(),
    followers: integer(),
    id: text().notNull(),
    object: text().notNull(),
    reaction: text().notNull(),
    campaign: text().notNull(),
    language: text().notNull(),
    model: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key] }),
    index('engagement_fan').on(t.organisationId, t.brandId, t.fan),
    index('engagement_owner')
      .on(t.organisationId, t.brandId, t.owner)
      .where(sql`owner is not null`),
    index('engagement_occurred').using('brin', t.occurredAt),
  ],
);

/** Engagements of fans whose account rests at its network: in no number until it is back. */
export const resting = pgTable(
  'resting',
  {
    ...tenant,
    key: uuid().notNull(),
    fan: integer().notNull(),
    occurredAt: instant('occurred_at').notNull(),
    /** The row of the ledger as JSON: it has no text and no network id of a person either. */
    row: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key] }),
    index('resting_fan').on(t.organisationId, t.brandId, t.fan),
  ],
);

/** Removals of engagements not (or no longer) held, so that a late add stays removed. */
export const tombstone = pgTable(
  'tombstone',
  {
    ...tenant,
    key: uuid().notNull(),
    rev: bigint({ mode: 'number' }).notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.key] })],
);
