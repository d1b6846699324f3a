import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';

/** Boards that are frozen and sent by mail at an hour of the brand's zone. */
export const schedule = pgTable(
  'schedule',
  {
    ...tenant,
    id: integer().notNull().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    window: text().notNull(),
    cadence: text().notNull(),
    weekday: smallint(),
    day: smallint(),
    /** Minute of the brand's day. */
    minute: smallint().notNull(),
    locale: text().notNull(),
    paused: boolean().notNull(),
    /** What was due before was never meant to be sent. */
    since: instant('since').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organisationId, t.brandId, t.id] })],
);

/** Whom a schedule sends to. One who left stays, so that nobody puts them back by mistake. */
export const scheduleRecipient = pgTable(
  'schedule_recipient',
  {
    ...tenant,
    id: integer().notNull().generatedAlwaysAsIdentity(),
    schedule: integer().notNull(),
    mail: text().notNull(),
    leftAt: instant('left_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    uniqueIndex('schedule_recipient_once').on(t.organisationId, t.brandId, t.schedule, t.mail),
  ],
);

/** One sending: whoever puts its row in first has it, so that two processes send once. Kept for 90 days. */
export const scheduleRun = pgTable(
  'schedule_run',
  {
    ...tenant,
    schedule: integer().notNull(),
    /** `due` or `test`. */
    kind: text().notNull(),
    due: instant('due').notNull(),
    late: boolean().notNull(),
    /** `open` until its mails are made, then `ready`; `failed` or `dropped` when there will be none. */
    state: text().notNull().default('open'),
    attempts: smallint().notNull().default(0),
    nextAt: instant('next_at').notNull(),
    snapshot: text(),
    /** The one sent before, which the changes are against. */
    previous: text(),
    picture: text(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.schedule, t.kind, t.due] }),
    index('schedule_run_open')
      .on(t.nextAt)
      .where(sql`state = 'open'`),
  ],
);

/** One mail of one sending. `target`: the address of a test, while it waits; the others are their recipient's. */
export const scheduleMail = pgTable(
  'schedule_mail',
  {
    ...tenant,
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    schedule: integer().notNull(),
    kind: text().notNull(),
    due: instant('due').notNull(),
    recipient: integer(),
    target: text(),
    /** `waiting`, `sent`, `failed` or `dropped`. */
    state: text().notNull().default('waiting'),
    attempts: smallint().notNull().default(0),
    nextAt: instant('next_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.brandId, t.id] }),
    index('schedule_mail_due')
      .on(t.nextAt)
      .where(sql`state = 'waiting'`),
    index('schedule_mail_run').on(t.organisationId, t.brandId, t.schedule),
  ],
);
