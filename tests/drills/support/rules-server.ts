import { createPool } from '@fanfare/db';
import { connectTo } from '@fanfare/server/outgoing/call.ts';
import { startApp } from '../../support/app.ts';

/** A server that is killed: `rules-server.ts DATABASE_URL RECEIVER`. Prints its address. */
const [databaseUrl = '', receiver = ''] = process.argv.slice(2);
const sql = createPool(databaseUrl, { max: 1, tenants: 'every' });
const app = await startApp({
  database: { url: databaseUrl, sql, drop: () => sql.end({ timeout: 1 }) },
  rules: { everyMs: 15, connect: connectTo(receiver) },
});
console.log(app.url);
process.on('SIGTERM', () => void app.close());
