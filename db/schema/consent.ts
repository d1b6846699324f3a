import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/**
 * A person on a network who consents, or once did: a pseudonym and the folded consent state.
 * Per purpose: `_from` start of the unbroken consent in force (null: none), `_until` its expiry.
 */
export const fan = pgTable(
  'fan',
  {
    ...tenant,
    id: integer().notNull(),
    /** First 128 bits of HMAC-SHA-256(brand key, network + id). */
    pseudonym: bytes().notNull(),
    /** Key of this fan alone, wrapped by the root key; with it goes everything sealed under it. */
    sealedKey: bytes('sealed_key'),
    /** Network and network id, sealed under the fan's key (AES-256-GCM). */
    sealedId: bytes('sealed_id'),
    createdAt: instant('created_at').notNull().default(0),
    age: text().notNull(),
    /** Index into NETWORKS; null for a fan of before it was kept. */
    network: smallint(),
    /** Their account rests at its network since `rest_at`, or is back since: in no number meanwhile. */
    resting: boolean().notNull().default(false),
    restAt: instant('rest_at').notNull().default(0),
    measureFrom: instant('measure_from'),
    measureUntil: instant('measure_until'),
    influenceFrom: instant('influence_from'),
    influenceUntil: instant('influence_until'),
    quoteFrom: instant('quote_from'),
    quoteUntil: instant('quote_until'),
    wallFrom: instant('wall_from'),
    wallUntil: instant('wall_until'),
    purchasesFrom: instant('purchases_from'),
    purchasesUntil: instant('purchases_until'),
    offersFrom: instant('offers_from'),
    offersUntil: instant('offers_until'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    unique('fan_pseudonym').on(t.organisationId, t.brandId, t.pseudonym),
  ],
);

/**
 * One act about one purpose. Append-only: no row is ever changed, and each carries the hash of the
 * one before it in its brand, so that a missing or altered record shows.
 */
export const consentRecord = pgTable(
  'consent_record',
  {
    ...tenant,
    /** 1, 2, 3 … within the brand. */
    n: bigint({ mode: 'number' }).notNull(),
    fan: integer().notNull(),
    /** Index into PURPOSES. */
    purpose: smallint().notNull(),
    granted: boolean().notNull(),
    /** Instant of the act. */
    at: instant('at').notNull(),
    receivedAt: instant('received_at').notNull(),
    expiresAt: instant('expires_at'),
    noticeVersion: text('notice_version').notNull(),
    noticeLocale: text('notice_locale').notNull(),
    method: text().notNull(),
    age: text().notNull(),
    evidence: text(),
    /** SHA-256 of the notice's published text; null when the brand has published none. */
    noticeHash: text('notice_hash'),
    /** SHA-256 over the hash before and this record (domain/consents/chain.ts). */
    hash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.n] }),
    index('consent_record_fan').on(t.organisationId, t.brandId, t.fan),
    // Appended in the order of receipt: a few blocks hold a period.
    index('consent_record_received').using('brin', t.receivedAt),
  ],
);
