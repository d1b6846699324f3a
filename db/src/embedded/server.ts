import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { appRole } from '../app-role.ts';
import { messageOf } from '../fault.ts';
import type { Log } from '../log.ts';
import { createPool } from '../pool.ts';
import { makeHome, openCluster, type Cluster } from './cluster.ts';
import { hardenCatalog } from './hardening.ts';
import { lockDirectory } from './lock.ts';
import { clearOrphans } from './orphans.ts';
import { freePort } from './port.ts';
import { startPostmaster, type Postmaster, type Settings } from './postmaster.ts';
import { supervise } from './supervisor.ts';

/** A PostgreSQL of our own that is started again whenever it dies, until `close`. */
export type EmbeddedServer = {
  /** For the application: owner of its database, without rights over the server. Same address for its whole life. */
  url: string;
  /** For tests and tools: the superuser. */
  adminUrl: string;
  /** Process id of the running postmaster; the last one's while it is being started again. */
  pid: () => number;
  /** Stops PostgreSQL (fast: running transactions are rolled back) and frees the directory. */
  close: () => Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: Log;
  /** Changes to the server's settings. */
  settings?: Settings;
  /** False for throw-away clusters: nothing is flushed to disk. */
  durable?: boolean;
  /** True for throw-away clusters: the server ends with this process, however this process ends. */
  mortal?: boolean;
};

const careless: Settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/**
 * Starts the embedded database under `dataDir/postgres`, making it the first time. Faults: `in_use`, `no_binaries`,
 * `wrong_version`, `not_permitted`, `start_failed`.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log } = options;
  const durable = options.durable ?? true;
  const settings = { ...(durable ? {} : careless), ...options.settings };
  const home = await makeHome(join(options.dataDir, 'postgres'));
  const lock = await lockDirectory(home);
  try {
    const cluster = await openCluster(home, durable, log);
    const { postmaster, port } = await firstStart(cluster, settings, log);
    const address = `127.0.0.1:${port}`;
    const adminUrl = `postgres://postgres:${cluster.password}@${address}/postgres`;
    try {
      await ensureDatabase(adminUrl, cluster.password);
    } catch (fault) {
      await postmaster.stop();
      throw fault;
    }
    log('info', 'The embedded database is ready', { pid: postmaster.pid, port });
    if (options.mortal === true) endWithUs(cluster);
    const startAgain = async (signal: AbortSignal): Promise<Postmaster> => {
      await clearOrphans(cluster.directory, log);
      return startPostmaster(cluster, port, settings, signal);
    };
    const supervised = supervise(postmaster, startAgain, log);
    return {
      url: `postgres://fanfare:${cluster.password}@${address}/fanfare`,
      adminUrl,
      pid: supervised.pid,
      close: async () => {
        await supervised.close().finally(lock.release);
      },
    };
  } catch (fault) {
    await lock.release();
    throw fault;
  }
}

/** Leaves behind a shell that waits for the end of our pipe to it, which the system closes when we die. */
function endWithUs({ directory }: Cluster): void {
  const script = 'read -r _; read -r pid < "$0" && kill -QUIT "$pid"';
  const watcher = spawn('/bin/sh', ['-c', script, join(directory, 'postmaster.pid')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
}

async function firstStart(
  cluster: Cluster,
  settings: Settings,
  log: Log,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt++) {
    await clearOrphans(cluster.directory, log);
    const port = await freePort();
    try {
      return { postmaster: await startPostmaster(cluster, port, settings), port };
    } catch (fault) {
      // Somebody may have taken the port since we looked.
      if (attempt === 5 || !messageOf(fault).includes('could not bind')) throw fault;
    }
  }
}

/** Makes the application's role and database where they are missing; safe to repeat after any interruption. */
async function ensureDatabase(adminUrl: string, password: string): Promise<void> {
  const sql = createPool(adminUrl, { max: 1, name: 'fanfare-setup' });
  try {
    const [role] = await sql`select 1 from pg_roles where rolname = 'fanfare'`;
    if (role === undefined) await sql.unsafe(`create role fanfare login password '${password}'`);
    const [database] = await sql`select 1 from pg_database where datname = 'fanfare'`;
    if (database === undefined) await sql.unsafe('create database fanfare owner fanfare');
    // Requests run as this one: it owns nothing.
    const [app] = await sql`select 1 from pg_roles where rolname = ${appRole}`;
    if (app === undefined) await sql.unsafe(`create role ${appRole} nologin`);
    await sql.unsafe(`grant ${appRole} to fanfare`);
    // Views for BI tools belong to a role that reads released numbers alone; each tool gets one of its own.
    const [bi] = await sql`select 1 from pg_roles where rolname = 'fanfare_bi'`;
    if (bi === undefined) await sql.unsafe('create role fanfare_bi nologin');
    await sql.unsafe('grant fanfare_bi to fanfare; alter role fanfare createrole');
    await sql.unsafe('grant set on parameter temp_file_limit to fanfare');
    await sql.unsafe('revoke connect on database postgres, template1 from public');
    // So that the write-ahead log of before an erasure can be let go.
    await sql.unsafe('grant pg_checkpoint to fanfare');
  } finally {
    await sql.end({ timeout: 2 });
  }
  const inside = createPool(adminUrl.replace(/postgres$/, 'fanfare'), { max: 1, name: 'fanfare-setup' });
  try {
    await inside.unsafe('grant execute on function pg_switch_wal() to fanfare');
    await hardenCatalog(inside);
  } finally {
    await inside.end({ timeout: 2 });
  }
}
