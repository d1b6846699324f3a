import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from './columns.ts';

/** Paired televisions of an organisation: their keys are hashed, so that this table opens nothing. */
export const display = pgTable(
  'display',
  {
    organisationId: integer('organisation_id').notNull(),
    /** The part of the key that stays the same, base64url. */
    id: text().notNull(),
    /** SHA-256 of the key in use. */
    hash: bytes().notNull(),
    /** When that key was made. */
    keyAt: instant('key_at').notNull(),
    /** SHA-256 of the key before it, while that one is still good. */
    previousHash: bytes('previous_hash'),
    /** Until when the key before it is good; null as long as the new one was never used. */
    previousUntil: instant('previous_until'),
    name: text().notNull(),
    /** Numbers of the brands whose public boards it may read. */
    brands: integer().array().notNull(),
    /** How it shows them, JSON as the server writes it; null as long as nobody set anything. */
    wall: text(),
    /** Build of the pages it last said it runs. */
    version: text(),
    createdAt: instant('created_at').notNull(),
    /** To the minute. */
    lastSeenAt: instant('last_seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.id] })],
);
