import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/**
 * What people and programs did in an organisation. Triggers refuse every change, and the removal of
 * what is younger than two years. It outlives its brands, hence no `brand_id`: nothing in it is a
 * brand's data.
 */
export const auditRecord = pgTable(
  'audit_record',
  {
    organisationId: integer('organisation_id').notNull(),
    n: bigint({ mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    /** A user, token or display of ours; never a fan. */
    actorId: text('actor_id'),
    action: text().notNull(),
    /** Number of a brand that may be gone. */
    brand: integer(),
    /** JSON, byte for byte as it was hashed. */
    detail: text().notNull(),
    /** SHA-256 over the hash before and these fields. */
    hash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.n] }),
    index('audit_record_at').on(t.organisationId, t.at),
  ],
);

/** Where the chain of an organisation's audit log ends, and where it starts since the oldest were let go. */
export const auditChain = pgTable('audit_chain', {
  organisationId: integer('organisation_id').primaryKey(),
  /** Number and hash of the last record; 0 and null when there is none. */
  records: bigint({ mode: 'number' }).notNull().default(0),
  head: bytes(),
  /** Number and hash of the last record that was let go; 0 and null when none was. */
  removed: bigint({ mode: 'number' }).notNull().default(0),
  base: bytes(),
});
