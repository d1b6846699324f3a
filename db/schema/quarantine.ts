import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/** To whom reports of adverse events are handed, and the key they are sealed to. */
export const safetyContact = pgTable(
  'safety_contact',
  {
    ...tenant,
    name: text().notNull(),
    mail: text(),
    webhook: text(),
    /** Signs the webhook; wrapped by the root key. */
    webhookKey: bytes('webhook_key'),
    /** An age recipient (X25519): the contact's public key. */
    recipient: text().notNull(),
    /** Names of the brand's products. */
    products: text().array().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId] })],
);

/** Engagements that may report an adverse event. Nothing in a row can be read but by the safety contact. */
export const quarantine = pgTable(
  'quarantine',
  {
    ...tenant,
    /** Keyed hash of network and event id. */
    key: uuid().notNull(),
    /** Revision of the engagement the report was made from. */
    rev: bigint({ mode: 'number' }).notNull(),
    /** 1, and one more for each report that follows it up. */
    version: integer().notNull(),
    /** Null once the report is purged. */
    fan: integer(),
    firstReceivedAt: instant('first_received_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** An age file; null once it is purged. */
    sealed: bytes(),
    handedOverAt: instant('handed_over_at'),
    acknowledgedAt: instant('acknowledged_at'),
    /** `link` or `screen`. */
    acknowledgedBy: text('acknowledged_by'),
    purgedAt: instant('purged_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key] }),
    index('quarantine_received').on(t.organisationId, t.brandId, t.receivedAt),
  ],
);

/** The telling of one report by one channel. */
export const quarantineDelivery = pgTable(
  'quarantine_delivery',
  {
    ...tenant,
    key: uuid().notNull(),
    /** `mail` or `webhook`. */
    channel: text().notNull(),
    version: integer().notNull(),
    /** `waiting`, `sent` or `failed`. */
    state: text().notNull().default('waiting'),
    attempts: smallint().notNull().default(0),
    nextAt: instant('next_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key, t.channel] }),
    index('quarantine_delivery_due')
      .on(t.nextAt)
      .where(sql`state = 'waiting'`),
  ],
);

/** What the policies made, or would have made, of the texts of an hour. */
export const policyCount = pgTable(
  'policy_count',
  {
    ...tenant,
    /** UTC hours since 1970. */
    hour: integer().notNull(),
    policy: text().notNull(),
    looked: integer().notNull(),
    withheld: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.hour, t.policy] })],
);
