// `pnpm rotate-key`: gives the installation another root secret, and wraps every key anew under it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseFault, migrate, openDatabase, type Database } from '@fanfare/db';
import { rotate, type Rotated, type RotationStep } from '../compose/rotation.ts';
import { readConfig, type Config } from '../config.ts';
import { Progress } from './replay/progress.ts';

const HELP = `pnpm rotate-key

Gives the installation another root secret. Every key that the old one wraps is wrapped anew in one
transaction; fans, their consents and all numbers stay. The server must be stopped.

The secret is in DATA_DIR: the new one is made, and takes its place.
The secret is FANFARE_SECRET: give the new one as FANFARE_SECRET_NEXT (at least 32 characters); when
the command has ended, set FANFARE_SECRET to it.

Everybody is signed out: members, sessions of the installation's token, fans on their pages. Links to fan pages
that were not used yet end too: invite again. API tokens and paired displays stay.
Cut off at any point, run it again or start the server: either finds out which secret is right.
Exit code: 0 done, 2 it could not be done.`;

async function open({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'postgres')))
    throw new Error(`There is no database under ${dataDir}: is DATA_DIR the server's?`);
  try {
    const given = databaseUrl === undefined ? {} : { databaseUrl };
    return await openDatabase({ ...given, dataDir, log: () => undefined });
  } catch (fault) {
    if (!(fault instanceof DatabaseFault && fault.code === 'in_use')) throw fault;
    throw new Error(`Stop the server first. ${fault.message}.`, { cause: fault });
  }
}

async function run(config: Config, given: string | undefined): Promise<Rotated> {
  const database = await open(config);
  const start = performance.now();
  let [done, of] = [0, 0];
  const progress = new Progress(process.stderr, () => ({
    share: of === 0 ? 0 : done / of,
    received: done,
    unit: 'keys',
    counts: `${done} of ${of} wrapped anew`,
    elapsed: performance.now() - start,
  }));
  const report = (step: RotationStep): void => {
    if (step.step === 'wrapped') [done, of] = [step.done, step.of];
    else if (step.step === 'written') progress.say('The new secret is put aside.');
    else if (step.step === 'committed') progress.say('Every key is wrapped anew.');
  };
  try {
    await migrate(database.owner);
    return await rotate(config, given, database.owner, report);
  } finally {
    progress.end();
    await database.close();
  }
}

function tell({ keys, secret }: Rotated, { dataDir }: Config): void {
  if (keys === null) console.log('The keys are wrapped under FANFARE_SECRET_NEXT already.');
  else console.log(`Done: ${keys} keys are wrapped under the new secret; the old one opens none of them.`);
  if (secret === 'file') console.log(`It is in ${join(dataDir, 'secret')}: keep a copy of it elsewhere.`);
  else console.log('Now set FANFARE_SECRET to it, unset FANFARE_SECRET_NEXT, and start the server.');
  console.log('Everybody is signed out. Links to fan pages that were not used yet have ended: invite again.');
  console.log('A backup of the database taken before now opens under the old secret alone.');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) return console.log(HELP);
  const env = join(import.meta.dirname, '../../../.env');
  if (existsSync(env)) process.loadEnvFile(env);
  const config = readConfig(process.env);
  tell(await run(config, process.env['FANFARE_SECRET_NEXT'] || undefined), config);
}

try {
  await main();
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : String(fault));
  process.exitCode = 2;
}
