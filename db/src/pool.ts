import postgres from 'postgres';
import { int8 } from './integers.ts';
import { watchedSockets } from './sockets.ts';

/** A pool whose int8 values are numbers. Transactions: `sql.begin`. Parameters are always bound, never inlined. */
export type Sql = postgres.Sql<{ int8: number }>;

/** What `sql.begin` hands to its function. */
export type Transaction = postgres.TransactionSql<{ int8: number }>;

export type PoolOptions = {
  /** Connections at most; 6 by default. */
  max?: number;
  /** Milliseconds one statement may run on the server; 20 000 by default, 0 for no bound. */
  statementTimeoutMs?: number;
  /** Shown by `pg_stat_activity`. */
  name?: string;
  /** Called when a connection has closed. */
  onClose?: () => void;
  /** Keeps idle connections; by default they are closed after as long as a statement may run. */
  keepIdle?: boolean;
  /** Role its sessions run as; by default the user of the address. */
  role?: string;
  /** `every` for upkeep and tools: the owner then sees the rows of all tenants. By default those of none. */
  tenants?: 'every';
};

const longestGraceMs = 5_000;
const connectSeconds = 5;

/** Seconds before the next attempt to connect: 50 ms doubling up to half a second, with jitter. */
function backoff(attempt: number): number {
  return Math.min(0.05 * 2 ** attempt, 0.5) * (0.5 + Math.random() / 2);
}

/**
 * Opens a pool on `url`; nothing connects before the first query. Every query settles: the server bounds a
 * statement, and a connection that is silent for as long again (5 s at most) is destroyed, which rejects what waited
 * on it. A transaction may idle between two statements as long as a statement may run.
 */
export function createPool(url: string, options: PoolOptions = {}): Sql {
  const statementMs = options.statementTimeoutMs ?? 20_000;
  const settings = {
    max: options.max ?? 6,
    prepare: true,
    // One query at a time on a connection: a quick one never waits behind a slow one while others are free.
    max_pipeline: 0,
    connect_timeout: connectSeconds,
    max_lifetime: null,
    backoff,
    onnotice: () => undefined,
    onclose: () => options.onClose?.(),
    types: { int8 },
    connection: {
      application_name: options.name ?? 'fanfare',
      statement_timeout: statementMs,
      idle_in_transaction_session_timeout: statementMs,
      ...(options.role === undefined ? {} : { role: options.role }),
      ...(options.tenants === undefined ? {} : { 'fanfare.tenants': options.tenants }),
    },
    ...(options.keepIdle === true || statementMs === 0 ? {} : { idle_timeout: statementMs / 1000 }),
    ...(statementMs === 0
      ? {}
      : { socket: watchedSockets(statementMs + Math.min(statementMs, longestGraceMs)) }),
  };
  const sql = postgres(url, settings);
  origins.set(sql, { url, ...options });
  return sql;
}

const origins = new WeakMap<Sql, PoolOptions & { url: string }>();

/** A pool on the same database as `sql`, which `createPool` made: as the same role, other options of its own. */
export function anotherPool(sql: Sql, options: PoolOptions): Sql {
  const origin = origins.get(sql);
  if (origin === undefined) throw new TypeError('Only a pool made by createPool can be opened again');
  const { url, role, tenants } = origin;
  return createPool(url, {
    ...(role === undefined ? {} : { role }),
    ...(tenants === undefined ? {} : { tenants }),
    ...options,
  });
}
