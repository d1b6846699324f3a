import { bigint, boolean, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** The tenant: a company or agency. */
export const organisation = pgTable('organisation', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull(),
  createdAt: instant('created_at').notNull(),
  /** Key of the installation's sign-ins, wrapped by the root key; in the first row alone. */
  accountsKey: bytes('accounts_key'),
});

/** What is measured. */
export const brand = pgTable(
  'brand',
  {
    organisationId: integer('organisation_id')
      .notNull()
      .references(() => organisation.id),
    id: integer().notNull().generatedAlwaysAsIdentity(),
    slug: text().notNull(),
    name: text().notNull(),
    sector: text().notNull(),
    timeZone: text('time_zone').notNull(),
    locale: text().notNull(),
    /** Whom fans can write to about their data: an address of mail or of a page. */
    contact: text(),
    demonstration: boolean().notNull().default(false),
    /** Key of the brand's pseudonyms, wrapped by the root key (AES-256-GCM: nonce, tag, data). */
    pseudonymKey: bytes('pseudonym_key').notNull(),
    /** Commits that touched the brand's ledger; tells whether a lost commit happened. */
    commits: bigint({ mode: 'number' }).notNull().default(0),
    /** Records in the brand's consent ledger, and the hash of the last one (null: none yet). */
    consentRecords: bigint('consent_records', { mode: 'number' }).notNull().default(0),
    consentHead: bytes('consent_head'),
    /** Hour (UTC hours since 1970): rollups of the hours before it are in `rollup_hour` too. */
    foldedUntil: integer('folded_until').notNull().default(0),
    /** Minute (UTC minutes since 1970): rollups of the minutes before it are in `rollup_hour` alone. */
    minutesFrom: integer('minutes_from').notNull().default(0),
    /** Hour: the ledger has let go of the hours before it, and their rollups are frozen. */
    heldFrom: integer('held_from').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] }), unique('brand_slug').on(t.slug)],
);
