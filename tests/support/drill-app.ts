import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, startEmbedded } from '@fanfare/db';
import { startApp, type TestApp, type TestOptions } from './app.ts';

/**
 * Run something with a server of its own on a throw-away database, outside the test runner.
 * @param through gives the address at which the server finds its database
 */
export async function withApp(
  run: (app: TestApp) => Promise<void>,
  options: TestOptions = {},
  through: (url: string) => Promise<string> = (url) => Promise.resolve(url),
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
  const server = await startEmbedded({ dataDir, durable: false, mortal: true, log: () => undefined });
  const sql = createPool(server.url, { max: 1, tenants: 'every' });
  const url = await through(server.url);
  const app = await startApp({ ...options, database: { url, sql, drop: () => sql.end({ timeout: 1 }) } });
  try {
    await run(app);
  } finally {
    await app.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
