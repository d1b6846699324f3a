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
  sql: Sql;
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
    const sql = createPool(url, options.max === undefined ? {} : { max: options.max });
    let closed: Promise<void> | null = null;
    const close = async (): Promise<void> => {
      await sql.end({ timeout: 5 });
      await sentinel.close();
      await server?.close();
    };
    return {
      sql,
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
