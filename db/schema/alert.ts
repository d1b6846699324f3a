import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/** Thresholds on published measures of a brand, each with where it stands. */
export const alert = pgTable(
  'alert',
  {
    ...tenant,
    id: integer().notNull().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    measure: text().notNull(),
    window: text().notNull(),
    side: text().notNull(),
    fire: doublePrecision().notNull(),
    clear: doublePrecision().notNull(),
    /** Minutes of the brand's day. */
    quietFrom: smallint('quiet_from'),
    quietTo: smallint('quiet_to'),
    mails: text().array().notNull(),
    webhook: text(),
    /** Signs the webhook; wrapped by the root key. */
    webhookKey: bytes('webhook_key'),
    mutedUntil: instant('muted_until'),
    firing: boolean().notNull().default(false),
    since: instant('since'),
    acknowledgedAt: instant('acknowledged_at'),
    /** JSON of what quiet hours hold back. */
    waiting: text(),
    /** The value last looked at, as the board showed it. */
    lastAt: instant('last_at'),
    lastValue: doublePrecision('last_value'),
    lastN: integer('last_n'),
    rev: integer().notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);

/** What happened to alerts, in the words it was told in; kept for 90 days. */
export const alertEvent = pgTable(
  'alert_event',
  {
    ...tenant,
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    alert: integer().notNull(),
    kind: text().notNull(),
    at: instant('at').notNull(),
    value: doublePrecision(),
    n: integer(),
    subject: text().notNull(),
    text: text().notNull(),
    payload: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);

/** One telling of one event to one address: a row from before the first attempt to after the last. */
export const alertDelivery = pgTable(
  'alert_delivery',
  {
    ...tenant,
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    event: bigint({ mode: 'number' }).notNull(),
    channel: text().notNull(),
    target: text().notNull(),
    /** `waiting`, `sent` or `failed`. */
    state: text().notNull().default('waiting'),
    attempts: smallint().notNull().default(0),
    nextAt: instant('next_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    index('alert_delivery_due')
      .on(t.nextAt)
      .where(sql`state = 'waiting'`),
  ],
);
