import { bigint, integer, json, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/**
 * What BI tools may see, cell by cell, as it left the one function of release: nothing here is about
 * fewer people than the public is shown, so that whoever reads it needs no further rule.
 */
export const releaseCell = pgTable(
  'release_cell',
  {
    ...tenant,
    /** Name of the view in the schema `bi`. */
    view: text().notNull(),
    /** Hours of UTC since 1970, or days of the brand's calendar since 1970-01-01. */
    bucket: integer().notNull(),
    /** Value by column; null where there is none, or where it is hidden. */
    cells: json().notNull(),
    /** Columns that are hidden, with a comma between; null for none. */
    hidden: text(),
    /** What was shown, by number: coarse values stay until they are a step off. */
    shown: json().notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.view, t.bucket] })],
);

/** Brands whose gateway to BI tools is open, and how far their cells are released. */
export const releaseState = pgTable(
  'release_state',
  {
    ...tenant,
    openedAt: instant('opened_at').notNull(),
    /** Commits of the brand when nothing was left to be released; −1 for never. */
    commits: bigint({ mode: 'number' }).notNull(),
    /** Zone, threshold and form the cells were made with: other ones are made anew. */
    made: text().notNull(),
    publishedAt: instant('published_at'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId] })],
);

/** Ways in for BI tools: a role of the database, or a key in an address. Neither opens anything by this table. */
export const biAccess = pgTable(
  'bi_access',
  {
    ...tenant,
    /** Of a role, the end of its name. Random: it tells nothing of the brand. */
    id: text().notNull(),
    /** `role` or `key`. */
    kind: text().notNull(),
    name: text().notNull(),
    /** Slug of the brand, as the views give it. */
    brand: text().notNull(),
    /** Name of the role in the database; null for a key. */
    role: text(),
    /** SHA-256 of the key; null for a role. */
    hash: bytes(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    uniqueIndex('bi_access_role').on(t.role),
    uniqueIndex('bi_access_hash').on(t.hash),
  ],
);
