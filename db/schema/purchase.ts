import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

/**
 * Orders of fans who let them be linked (purpose `purchases`). What names one is hashed under the
 * brand's key or sealed under the fan's; of what was deleted or refused the hash alone is left, so
 * that it does not come back.
 */
export const purchase = pgTable(
  'purchase',
  {
    ...tenant,
    /** Keyed hash of the shop's address and the order's id. */
    key: uuid().notNull(),
    /** Number of the source it came from. */
    source: integer().notNull(),
    /** Absent of what is gone. */
    fan: integer(),
    /** Keyed hashes of whom the shop named: it may ask us to forget them by either. */
    account: uuid(),
    mail: uuid(),
    /** What tied it to the fan: 0 their account at the shop, 1 an address they proved. */
    tiedBy: smallint('tied_by').notNull(),
    /** When it was ordered; of what is gone, when that was told. */
    at: instant('at').notNull(),
    rev: bigint({ mode: 'number' }).notNull(),
    paid: boolean().notNull(),
    /** In the currency's smallest unit. */
    amount: bigint({ mode: 'number' }).notNull(),
    currency: text().notNull(),
    /** What people call it, sealed under the fan's key (AES-256-GCM). */
    sealed: bytes(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.key] }),
    index('purchase_fan').on(t.organisationId, t.brandId, t.fan),
    index('purchase_at').on(t.organisationId, t.brandId, t.at),
  ],
);

/** Addresses of mail that fans proved to be theirs, so that orders of guests find them. */
export const purchaseMail = pgTable(
  'purchase_mail',
  {
    ...tenant,
    /** Keyed hash of the address. */
    handle: uuid().notNull(),
    fan: integer().notNull(),
    at: instant('at').notNull(),
    /** The address, sealed under the fan's key (AES-256-GCM). */
    sealed: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.handle] }),
    index('purchase_mail_fan').on(t.organisationId, t.brandId, t.fan),
  ],
);
