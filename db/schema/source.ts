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
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, instant, tenant } from './columns.ts';

const sum = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** Connections of a brand to networks, each with its settings and its health. */
export const source = pgTable(
  'source',
  {
    ...tenant,
    /** 1, 2, 3 … within the brand. */
    id: integer().notNull(),
    /** The part of its public address that nobody can guess. */
    address: text().notNull(),
    connector: text().notNull(),
    name: text().notNull(),
    /** Id of the brand's own account at the network. */
    account: text(),
    /** Its secrets as JSON, sealed under the root key (AES-256-GCM). */
    sealedSecrets: bytes('sealed_secrets').notNull(),
    paused: boolean().notNull().default(false),
    createdAt: instant('created_at').notNull(),
    confirmedAt: instant('confirmed_at'),
    lastDeliveryAt: instant('last_delivery_at'),
    /** Milliseconds. */
    lagMs: bigint('lag_ms', { mode: 'number' }),
    lastError: text('last_error'),
    lastErrorAt: instant('last_error_at'),
    /** Percent of the network's allowance that is used. */
    quota: smallint(),
    /** How far the network was listened to: all up to there is committed. */
    cursor: text(),
    deliveries: sum('deliveries'),
    repeated: sum('repeated'),
    forged: sum('forged'),
    counted: sum('counted'),
    duplicate: sum('duplicate'),
    refused: sum('refused'),
    quarantined: sum('quarantined'),
    withdrawals: sum('withdrawals'),
    unusable: sum('unusable'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    unique('source_address').on(t.address),
  ],
);

/** Deliveries that were taken, by a keyed hash of them: the same one counts once. */
export const sourceDelivery = pgTable(
  'source_delivery',
  {
    ...tenant,
    source: integer().notNull(),
    key: uuid().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.source, t.key] }),
    index('source_delivery_received').using('brin', t.receivedAt),
  ],
);

/** Parts of deliveries that could not be used: their shape, without texts, names or ids of people. */
export const sourceLetter = pgTable(
  'source_letter',
  {
    ...tenant,
    source: integer().notNull(),
    id: uuid().notNull(),
    receivedAt: instant('received_at').notNull(),
    reason: text().notNull(),
    shape: text().notNull(),
    replayedAt: instant('replayed_at'),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.source, t.id] })],
);
