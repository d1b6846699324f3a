import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** Marks on a brand's time line, in the team's words. */
export const annotation = pgTable(
  'annotation',
  { ...tenant, id: text().notNull(), at: instant('at').notNull(), text: text().notNull() },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);
