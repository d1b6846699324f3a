import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** What fans are told when they are asked: one text per version and language. */
export const notice = pgTable(
  'notice',
  {
    ...tenant,
    version: text().notNull(),
    locale: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    /** Rises with each version that means something new; old consents do not extend to it. */
    meaning: integer().notNull(),
    /** Null for a draft. A published text is never changed. */
    publishedAt: instant('published_at'),
    /** SHA-256 of title, a line feed and body, once published. */
    hash: text(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.version, t.locale] })],
);
