// `pnpm audit-verify`: walks the audit log of every organisation and tells whether it is whole.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseFault, migrate, openDatabase, type Database } from '@fanfare/db';
import { readConfig, type Config } from '../config.ts';
import { auditedOrganisations, checkAudit } from '../store/audit-records.ts';

const HELP = `pnpm audit-verify

Checks the chain of the audit log of every organisation, from its first record to its last: a record
that was changed, taken out, put in or moved is found. It changes nothing. Compare the last hash with
one noted before (an export has the hash of each record) to be sure that not all was written anew.
The server must be stopped; while it runs, the page /audit has a button for the same.
Exit code 0: all whole, 1: a chain is broken, 2: it could not be done.`;

async function open({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres')))
    throw new Error(`There is no database under ${dataDir}: is DATA_DIR the server's?`);
  try {
    const given = databaseUrl === undefined ? {} : { databaseUrl };
    return await openDatabase({ ...given, dataDir, log: () => undefined });
  } catch (fault) {
    if (!(fault instanceof DatabaseFault && fault.code === 'in_use')) throw fault;
    throw new Error(`Stop the server, or use the button on /audit. ${fault.message}.`, { cause: fault });
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(HELP);
  const env = join(import.meta.dirname, '../../../.env');
  if (existsSync(env)) process.loadEnvFile(env);
  const database = await open(readConfig(process.env));
  try {
    await migrate(database.owner);
    const organisations = await auditedOrganisations(database.owner);
    if (organisations.length === 0) console.log('Nothing has been recorded yet.');
    for (const organisation of organisations) {
      const found = await checkAudit(database.owner, organisation);
      if (found?.intact) {
        console.log(`Organisation ${organisation}: intact to record ${found.records}, ${found.head}`);
      } else {
        console.log(`Organisation ${organisation}: BROKEN at record ${found?.at ?? 0}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 2;
}
