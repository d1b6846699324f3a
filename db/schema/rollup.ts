import { bigint, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** Counted engagements per minute and dimensions; whole numbers, changed by plus and minus alone. */
export const rollup = pgTable(
  'rollup',
  {
    ...tenant,
    /** UTC minutes since 1970. */
    minute: integer().notNull(),
    network: smallint().notNull(),
    kind: smallint().notNull(),
    campaign: text().notNull(),
    language: text().notNull(),
    engagements: integer().notNull(),
    positive: integer().notNull(),
    neutral: integer().notNull(),
    negative: integer().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.organisationId, t.brandId, t.minute, t.network, t.kind, t.campaign, t.language],
    }),
  ],
);

/** Refused engagements: bare counts per minute, network and reason, about nobody. */
export const refusal = pgTable(
  'refusal',
  {
    ...tenant,
    minute: integer().notNull(),
    network: smallint().notNull(),
    /** Index into REASONS of the consent gate. */
    reason: smallint().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.minute, t.network, t.reason] })],
);

/** The same per hour, for the hours a brand has folded; changed in the transaction of each later change. */
export const rollupHour = pgTable(
  'rollup_hour',
  {
    ...tenant,
    /** UTC hours since 1970. */
    hour: integer().notNull(),
    network: smallint().notNull(),
    kind: smallint().notNull(),
    campaign: text().notNull(),
    language: text().notNull(),
    engagements: integer().notNull(),
    positive: integer().notNull(),
    neutral: integer().notNull(),
    negative: integer().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [t.organisationId, t.brandId, t.hour, t.network, t.kind, t.campaign, t.language],
    }),
  ],
);

/** Refusals per hour, likewise. */
export const refusalHour = pgTable(
  'refusal_hour',
  {
    ...tenant,
    hour: integer().notNull(),
    network: smallint().notNull(),
    reason: smallint().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.hour, t.network, t.reason] })],
);

/**
 * What is left of an hour the ledger has let go of: totals by one dimension at a time, with how
 * many fans each was about. Nothing leads from them to anybody, so nothing can change them any more.
 */
export const rollupFrozen = pgTable(
  'rollup_frozen',
  {
    ...tenant,
    hour: integer().notNull(),
    /** Index into HISTORY_DIMENSIONS + 1; 0 for the whole hour. */
    dimension: smallint().notNull(),
    key: text().notNull(),
    engagements: integer().notNull(),
    positive: integer().notNull(),
    neutral: integer().notNull(),
    negative: integer().notNull(),
    /** Distinct fans, and those of them with a labelled text. */
    fans: integer().notNull(),
    opinions: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.hour, t.dimension, t.key] })],
);

/** Figures a network gives about itself: the latest per network and window, with its own instant. */
export const platformFigure = pgTable(
  'platform_figure',
  {
    ...tenant,
    network: smallint().notNull(),
    window: text().notNull(),
    value: bigint({ mode: 'number' }).notNull(),
    asOf: instant('as_of').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.network, t.window] })],
);
