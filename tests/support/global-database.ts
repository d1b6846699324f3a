import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createPool, migrate, startEmbedded } from '@fanfare/db';
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
  const admin = createPool(server.adminUrl, { max: 1 });
  await admin.unsafe(`create database ${templateDatabase} owner fanfare`);
  const template = createPool(addressOf(server.url, templateDatabase), { max: 1 });
  await migrate(template);
  await template.end({ timeout: 5 });
  await admin.end({ timeout: 5 });
  project.provide('databaseAdminUrl', server.adminUrl);
  return async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}

/** A folder in memory where the system has one with room (2 GB): copying a database is then ten times quicker. */
async function quickFolder(): Promise<string> {
  const memory = await statfs('/dev/shm').catch(() => null);
  return memory !== null && memory.bavail * memory.bsize > 2 ** 31 ? '/dev/shm' : tmpdir();
}

function addressOf(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
