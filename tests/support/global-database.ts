import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createPool, migrate, startEmbedded, type EmbeddedServer } from '@fanfare/db';
import { templateDatabase } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of the PostgreSQL of this test run. */
    databaseAdminUrl: string;
  }
}

/**
 * For vitest's `globalSetup`: starts one throw-away PostgreSQL for the whole run, with a migrated database that
 * `testDatabase()` copies, and removes it at the end.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(await quickFolder(), 'fanfare-test-'));
  const server = await startEmbedded({
    dataDir,
    durable: false,
    mortal: true,
    settings: { max_connections: '200', max_wal_size: '256MB' },
    log: (level, message, fields) => {
      if (level !== 'info') console.error(message, fields ?? {});
    },
  });
  const stop = async (): Promise<void> => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server);
  } catch (fault) {
    await stop();
    throw fault;
  }
  project.provide('databaseAdminUrl', server.adminUrl);
  return stop;
}

async function makeTemplate(server: EmbeddedServer): Promise<void> {
  const admin = createPool(server.adminUrl, { max: 1 });
  await admin.unsafe(`create database ${templateDatabase} owner fanfare`);
  await admin.end({ timeout: 5 });
  const address = new URL(server.url);
  address.pathname = `/${templateDatabase}`;
  const template = createPool(address.href, { max: 1 });
  try {
    await migrate(template);
  } finally {
    await template.end({ timeout: 5 });
  }
}

/** A folder in memory where the system has one with room (2 GB): copying a database is then ten times quicker. */
async function quickFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null);
  return memory !== null && memory.bavail * memory.bsize > 2 ** 31 ? '/dev/shm' : tmpdir();
}
