import { appRole, isBoundByPolicies, prepareAppRole } from './app-role.ts';
import type { Log } from './log.ts';
import { createPool, type Sql } from './pool.ts';
import { startEmbedded, type EmbeddedServer } from './embedded/server.ts';
import { startSentinel, type DatabaseStatus } from './sentinel.ts';

export type DatabaseOptions = {
  /** Any PostgreSQL from 15 on; absent: an embedded one under `dataDir`. */
  databaseUrl?: string;
  dataDir: string;
  log: Log;
  /** Connections of the pool; 6 by default. */
  max?: number;
};

/** An open database, held for this process alone. */
export type Database = {
  /** For requests: of the rows that carry a tenant, a transaction sees those of the one it has set. Needs `migrate`. */
  sql: Sql;
  /** For migrations and upkeep alone: owner of the tables, with the rows of every tenant. */
  owner: Sql;
  /** What keeps tenants apart less well than it should, as one sentence for whoever runs this; null if nothing. */
  weakness: string | null;
  /** Holds the password: never log it. */
  url: string;
  embedded: boolean;
  /** Whether it answers now, as its own watch connection sees it, and since when it does not. */
  status: () => DatabaseStatus;
  /** Calls back when it is lost and when it is back; gives the function that ends it. */
  onChange: (listener: (status: DatabaseStatus) => void) => () => void;
  /** Ends all queries within 5 s, then the connections, then an embedded server. Safe to call twice. */
  close: () => Promise<void>;
};

const patienceMs = 30_000;

/**
 * Opens the database: the one at `databaseUrl`, waiting up to 30 s for it, else an embedded PostgreSQL that is made,
 * started and kept running here. Everything after that is one path for both. Faults: `DatabaseFault`, each with one
 * clear line; `in_use` when another Fanfare process has it, since more than one is not supported yet.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { log } = options;
  const server: EmbeddedServer | null =
    options.databaseUrl === undefined ? await startEmbedded({ dataDir: options.dataDir, log }) : null;
  const url = server?.url ?? options.databaseUrl ?? '';
  try {
    const sentinel = await startSentinel(url, patienceMs, log);
    const owner = createPool(url, { max: 2, name: 'fanfare-upkeep', tenants: 'every' });
    const weakness = await weaknessOf(owner).catch(async (fault: unknown) => {
      await sentinel.close();
      await owner.end({ timeout: 1 });
      throw fault;
    });
    const sql = createPool(url, {
      ...(options.max === undefined ? {} : { max: options.max }),
      ...(weakness === null ? { role: appRole } : {}),
    });
    let closed: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      await Promise.all([sql.end({ timeout: 5 }), owner.end({ timeout: 5 })]);
      await sentinel.close();
      await server?.close();
    };
    return {
      sql,
      owner,
      weakness,
      url,
      embedded: server !== null,
      status: sentinel.status,
      onChange: sentinel.onChange,
      close: () => (closed ??= close()),
    };
  } catch (fault) {
    await server?.close();
    throw fault;
  }
}

/** Why requests cannot run as a role that owns nothing, and what holds all the same; null when they can. */
async function weaknessOf(owner: Sql): Promise<string | null> {
  const role = await prepareAppRole(owner);
  if (role.usable) return null;
  const rest = (await isBoundByPolicies(owner))
    ? 'Requests run as the owner of the tables, and row-level security keeps tenants apart by a setting alone.'
    : 'The database user passes row-level security by: the queries alone keep tenants apart.';
  return `Tenants are kept apart less well than they could be: ${role.reason}. ${rest}`;
}
