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
