import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/**
 * What people asked of their rights. Who asked and all texts are sealed under the key of the fan, and
 * of a person who is no fan there are none: with the fan's key they are gone in every copy.
 */
export const rightsRequest = pgTable(
  'rights_request',
  {
    ...tenant,
    /** 1, 2, 3 … within the brand. */
    id: integer().notNull(),
    /** One of RIGHTS, REQUEST_CHANNELS. */
    kind: text().notNull(),
    channel: text().notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Last millisecond in which an answer is in time. */
    dueAt: instant('due_at').notNull(),
    extendedAt: instant('extended_at'),
    closedAt: instant('closed_at'),
    /** One of REQUEST_OUTCOMES, with the closing. */
    outcome: text(),
    /** Number of the fan; null for a stranger. */
    fan: integer(),
    sealedPerson: bytes('sealed_person'),
    /** What was asked, why it takes longer, how it ended: at most 500 characters each. */
    sealedNote: bytes('sealed_note'),
    sealedReason: bytes('sealed_reason'),
    sealedAnswer: bytes('sealed_answer'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    index('rights_request_due')
      .on(t.organisationId, t.brandId, t.dueAt)
      .where(sql`closed_at is null`),
    index('rights_request_fan')
      .on(t.organisationId, t.brandId, t.fan)
      .where(sql`fan is not null`),
  ],
);
