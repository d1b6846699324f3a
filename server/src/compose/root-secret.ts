import type { Sql } from '@fanfare/db';
import { ConfigFault, type Config } from '../config.ts';
import { dropNextSecret, nextSecret, readSecret, secretIn, takeNextSecret } from '../secrets.ts';
import { opensStored } from '../store/rewrap.ts';
import { createSealing } from '../store/sealing.ts';

/** File of the root secret in the data directory. */
export const ROOT = 'secret';

/**
 * The root secret that the stored keys are wrapped with: the setting, else the file, made the first
 * time. A rotation that was cut off is finished or undone here, by what the database opens under.
 * @param sql sees the rows of every tenant
 * @throws ConfigFault when the database was written under another secret
 */
export async function rootSecret(config: Config, sql: Sql): Promise<string> {
  if (config.secret !== undefined) {
    if ((await opensStored(sql, createSealing(config.secret))) !== false) return config.secret;
    throw new ConfigFault(
      'FANFARE_SECRET is not the secret this database was written under. After pnpm rotate-key it is what ' +
        'FANFARE_SECRET_NEXT was; a database that comes from a backup needs the secret of its time',
    );
  }
  await settleNext(config.dataDir, sql);
  const secret = await secretIn(config.dataDir, ROOT);
  if ((await opensStored(sql, createSealing(secret))) !== false) return secret;
  throw new ConfigFault(
    `${config.dataDir}/${ROOT} is not the secret this database was written under: a database that comes from ` +
      'a backup needs the secret of its time',
  );
}

/** Find out whether a rotation that was cut off had been committed, and act as if it had ended. */
async function settleNext(dataDir: string, sql: Sql): Promise<void> {
  const next = await nextSecret(dataDir, ROOT);
  if (next === null) return;
  const committed = await opensStored(sql, createSealing(next));
  if (committed === true) return takeNextSecret(dataDir, ROOT);
  const present = await readSecret(dataDir, ROOT);
  // Never throw a secret away while it is not certain that the other one is right.
  if (committed === false && (present === null || !(await opensStored(sql, createSealing(present))))) return;
  await dropNextSecret(dataDir, ROOT);
}
