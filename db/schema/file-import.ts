import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

const sum = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** Files that the team brings: how far each came. Nothing of what is in a file is kept. */
export const fileImport = pgTable(
  'file_import',
  {
    ...tenant,
    id: uuid().notNull(),
    source: integer().notNull(),
    /** What the team calls the file. */
    name: text().notNull(),
    /** Keyed hash of its beginning and its size: the same file is recognised. */
    mark: text().notNull(),
    profile: text(),
    size: bigint('size', { mode: 'number' }),
    /** Bytes of every part but the last. */
    part: integer().notNull(),
    /** Which column is which field, as JSON. */
    layout: text().notNull(),
    /** Bytes that are committed. */
    taken: bigint('taken', { mode: 'number' }).notNull(),
    /** Lines up to there. */
    line: bigint('line', { mode: 'number' }).notNull(),
    /** Within a line that is too long. */
    skipping: boolean().notNull(),
    done: boolean().notNull(),
    /** The same file was read in the same way before. */
    again: boolean().notNull(),
    received: sum('received'),
    counted: sum('counted'),
    duplicate: sum('duplicate'),
    refused: sum('refused'),
    rejected: sum('rejected'),
    quarantined: sum('quarantined'),
    /** How often something was wrong, as JSON. */
    reasons: text().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);

/** Lines of those files that were rejected: where they are and why, and nothing of what they say. */
export const fileImportLine = pgTable(
  'file_import_line',
  {
    ...tenant,
    import: uuid().notNull(),
    line: bigint('line', { mode: 'number' }).notNull(),
    code: text().notNull(),
    field: text(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.import, t.line] })],
);
