import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** Tokens of an organisation for programs: hashed, so that this table opens nothing. */
export const apiToken = pgTable(
  'api_token',
  {
    organisationId: integer('organisation_id').notNull(),
    /** The part of the token that may be seen, base64url. */
    id: text().notNull(),
    /** SHA-256 of the whole token. */
    hash: bytes().notNull(),
    name: text().notNull(),
    scopes: text().array().notNull(),
    /** Numbers of the brands it is for; null for all of them, those to come included. */
    brands: integer().array(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    /** To the minute. */
    lastUsedAt: instant('last_used_at'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);
