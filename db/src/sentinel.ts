import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, DatabaseFault, messageOf } from './fault.ts';
import type { Log } from './log.ts';
import { createPool, type Sql } from './pool.ts';
import { withTimeout } from './timeout.ts';

/** Whether the database answers; `since` is when it stopped answering (null while it does), `reason` why. */
export type DatabaseStatus = { reachable: boolean; since: Date | null; reason: string | null };

/** Watches the database from one connection of its own, which also holds the database for this process. */
export type Sentinel = {
  status: () => DatabaseStatus;
  /** Calls back on every change of `reachable`; gives the function that ends it. */
  onChange: (listener: (status: DatabaseStatus) => void) => () => void;
  close: () => Promise<void>;
};

const oldestVersion = 15;
const beatMs = 1_000;
const retryMs = 250;
const answerMs = 4_000;
const lockKey = 4_702_958_121;

/**
 * Connects to `url`, refuses what cannot be used (`too_old`, `in_use`, `unreachable` after `patienceMs`), takes a
 * session-level advisory lock and from then on asks for a sign of life every second. More than one process on
 * one database is not supported yet: the lock refuses the second. It is taken again after every reconnect, and our
 * own lost session is ended first; a pooler in transaction mode cannot hold it and is not supported either.
 */
export async function startSentinel(url: string, patienceMs: number, log: Log): Promise<Sentinel> {
  const name = `fanfare-guard ${randomUUID()}`;
  const closing = new AbortController();
  const isClosing = (): boolean => closing.signal.aborted;
  const listeners = new Set<(status: DatabaseStatus) => void>();
  let state: DatabaseStatus = { reachable: true, since: null, reason: null };
  let held = false;
  let wake = (): void => undefined;
  const sql = createPool(url, {
    max: 1,
    name,
    keepIdle: true,
    statementTimeoutMs: answerMs,
    onClose: () => {
      held = false;
      wake();
    },
  });

  const beat = async (): Promise<void> => {
    if (held) await withTimeout(sql`select 1`, answerMs);
    else {
      await withTimeout(takeDatabase(sql, name), answerMs * 2);
      held = true;
    }
  };

  const pause = async (milliseconds: number): Promise<void> => {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const timer = new AbortController();
    const signal = AbortSignal.any([closing.signal, timer.signal]);
    await Promise.race([woken, sleep(milliseconds, undefined, { signal }).catch(() => undefined)]);
    timer.abort();
  };

  const report = (reason: string | null): void => {
    const reachable = reason === null;
    if (reachable === state.reachable) return;
    state = { reachable, since: reachable ? null : new Date(), reason };
    if (reachable) log('info', 'The database is back');
    else log('error', 'The database is away', { reason });
    for (const listener of listeners) listener(state);
  };

  const keepWatch = async (): Promise<void> => {
    while (!isClosing()) {
      await pause(state.reachable ? beatMs : retryMs);
      if (isClosing()) return;
      await beat().then(
        () => report(null),
        (fault: unknown) => {
          if (!isClosing()) report(messageOf(fault));
        },
      );
    }
  };

  try {
    await arrive(beat, patienceMs, log);
  } catch (fault) {
    await sql.end({ timeout: 1 });
    throw fault;
  }
  const watching = keepWatch();
  return {
    status: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await sql.end({ timeout: 1 });
      await watching;
    },
  };
}

/** Tries until it works, a fault says that waiting is of no use, or patience ends. */
async function arrive(beat: () => Promise<void>, patienceMs: number, log: Log): Promise<void> {
  const deadline = performance.now() + patienceMs;
  const inUseDeadline = performance.now() + Math.min(patienceMs, 3_000);
  for (let attempt = 0; ; attempt++) {
    try {
      return await beat();
    } catch (fault) {
      const left = (isInUse(fault) ? inUseDeadline : deadline) - performance.now();
      if (fault instanceof DatabaseFault && !isInUse(fault) && fault.code !== 'timeout') throw fault;
      if (isRefusal(fault) || left <= 0) throw asFault(fault);
      if (attempt === 0) log('info', 'Waiting for the database', { reason: messageOf(fault) });
      await sleep(retryMs);
    }
  }
}

function isInUse(fault: unknown): boolean {
  return fault instanceof DatabaseFault && fault.code === 'in_use';
}

/** SQLSTATE classes 28 (authorization) and 3D (no such database): asking again cannot help. */
function isRefusal(fault: unknown): boolean {
  return /^(28|3D)\w{3}$/.test(codeOf(fault) ?? '');
}

function asFault(fault: unknown): DatabaseFault {
  if (fault instanceof DatabaseFault) return fault;
  return new DatabaseFault('unreachable', `The database cannot be used: ${messageOf(fault)}`, fault);
}

async function takeDatabase(sql: Sql, name: string): Promise<void> {
  const [server] = await sql<{ version: number; text: string }[]>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as text`;
  if (server === undefined || server.version < oldestVersion * 10_000) {
    throw new DatabaseFault(
      'too_old',
      `PostgreSQL ${oldestVersion} or newer is needed, this is ${server?.text}`,
    );
  }
  await sql`select set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
    set_config('tcp_keepalives_count', '3', false)`;
  // A session of ours that the server has not yet noticed to be dead would keep the lock from us.
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = ${name} and pid <> pg_backend_pid()`;
  const [lock] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${lockKey}::int8) as taken`;
  if (lock?.taken !== true) {
    throw new DatabaseFault(
      'in_use',
      'Another Fanfare process uses this database; one at a time is supported',
    );
  }
}
