import { pino } from 'pino';
import { DatabaseFault, openDatabase } from '@fanfare/db';
import { createApp, type App } from './app.ts';
import { collectGarbage } from './compose/collect-garbage.ts';
import { rootSecret } from './compose/root-secret.ts';
import { ConfigFault, readConfig, type Config } from './config.ts';
import { isFirstOffer } from './demo/offered.ts';
import { createLabeller } from './labeller/create.ts';
import { loadPages } from './pages.ts';
import { secretIn } from './secrets.ts';

/** How long an orderly end may take before the process ends anyway, milliseconds. */
const GRACE = 10_000;

async function start(config: Config): Promise<App> {
  const logger = pino({ level: config.logLevel, base: null });
  const labeller = await createLabeller({ sentimentModel: config.sentimentModel });
  const database = await openDatabase({
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    dataDir: config.dataDir,
    log: (level, message, fields) => logger[level](fields ?? {}, message),
  });
  if (database.weakness !== null) say(database.weakness);
  const secret = await rootSecret(config, database.owner).catch(async (fault: unknown) => {
    await database.close();
    throw fault;
  });
  const app = await createApp(config, {
    database,
    labeller,
    logger,
    secret,
    adminToken: config.adminToken ?? (await secretIn(config.dataDir, 'admin-token')),
    pages: await loadPages(),
    say,
  });
  const address = await app.listen();
  say(`Fanfare listens on ${address}`);
  if (app.needsOwner) say(`Make the first account with ${address}/api/v1/session/link/${app.access.link}`);
  // Loading takes a second of the one thread: now, while nobody watches.
  else await app.warm();
  collectGarbage();
  if (config.demonstration) await demonstrate(app, config.dataDir);
  return app;
}

/** The stream goes on where there is one; an installation without any brand gets one, once. */
async function demonstrate({ demonstration, lines }: App, dataDir: string): Promise<void> {
  const isNew = lines.list().length === 0 && (await isFirstOffer(dataDir));
  await (isNew ? demonstration.begin() : demonstration.resume());
}

/** People read this line, not the log. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(fault: unknown): never {
  const known = fault instanceof ConfigFault || fault instanceof DatabaseFault;
  const text =
    fault instanceof Error ? (known ? fault.message : (fault.stack ?? fault.message)) : String(fault);
  process.stderr.write(`Fanfare could not start: ${text}\n`);
  process.exit(1);
}

try {
  const app = await start(readConfig(process.env));
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(130);
      ending = true;
      setTimeout(() => process.exit(1), GRACE).unref();
      void app.close().then(() => process.exit(0), fail);
    });
  }
} catch (fault) {
  fail(fault);
}
