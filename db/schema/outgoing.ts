import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, primaryKey, smallint, text, unique } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/** Where the rules of a brand send to, and the switch that ends them all. */
export const outgoing = pgTable(
  'outgoing',
  {
    ...tenant,
    webhook: text(),
    /** Signs what is sent; wrapped by the root key. */
    webhookKey: bytes('webhook_key'),
    /** When that server took a signed test; nothing is sent before. */
    provenAt: instant('proven_at'),
    /** Nothing is sent while it is set. */
    stoppedAt: instant('stopped_at'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId] })],
);

/** Rules: what a fan who agreed to offers has to do for the brand's server to be told. */
export const outgoingRule = pgTable(
  'outgoing_rule',
  {
    ...tenant,
    id: integer().notNull().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    /** Indexes into KINDS. */
    kinds: integer().array().notNull(),
    /** Index into NETWORKS; null for any. */
    network: smallint(),
    campaign: text(),
    object: text(),
    count: smallint().notNull(),
    window: text().notNull(),
    days: smallint().notNull(),
    /** Minutes of the brand's day. */
    quietFrom: smallint('quiet_from'),
    quietTo: smallint('quiet_to'),
    perDay: integer('per_day').notNull(),
    /** Acts count from here on; null while the rule is off. */
    since: instant('since'),
    /** Raised by every change: what was found under another one is not sent. */
    rev: integer().notNull().default(0),
    createdAt: instant('created_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);

/** One fan who met one rule: written before anything is sent, and never sent twice under another id. */
export const outgoingHit = pgTable(
  'outgoing_hit',
  {
    ...tenant,
    /** Random; the id of the webhook at every attempt. */
    id: text().notNull(),
    rule: integer().notNull(),
    rev: integer().notNull(),
    fan: integer().notNull(),
    /** 1, 2, 3 … of this fan under this rule. */
    turn: integer().notNull(),
    /** The condition that was met, JSON. */
    met: text().notNull(),
    /** Number of the consent record it rests on. */
    basis: bigint({ mode: 'number' }).notNull(),
    /** Instant of the last act that counted. */
    at: instant('at').notNull(),
    madeAt: instant('made_at').notNull(),
    /** Days since 1970 in the brand's zone. */
    day: integer().notNull(),
    /** `waiting`, `sent`, `failed` or `stopped`. */
    state: text().notNull().default('waiting'),
    /** Why it was stopped. */
    reason: text(),
    attempts: smallint().notNull().default(0),
    nextAt: instant('next_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    unique('outgoing_hit_turn').on(t.organisationId, t.brandId, t.rule, t.fan, t.turn),
    index('outgoing_hit_fan').on(t.organisationId, t.brandId, t.fan),
    index('outgoing_hit_day').on(t.organisationId, t.brandId, t.rule, t.day),
    index('outgoing_hit_due')
      .on(t.nextAt)
      .where(sql`state = 'waiting'`),
  ],
);
