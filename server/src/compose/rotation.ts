import type { Sql } from '@fanfare/db';
import { ConfigFault, type Config } from '../config.ts';
import { makeNextSecret, takeNextSecret } from '../secrets.ts';
import { opensStored, rewrapAll } from '../store/rewrap.ts';
import { createSealing } from '../store/sealing.ts';
import { ROOT, rootSecret } from './root-secret.ts';

/** Where a rotation stands; `written` and `kept` only for a secret in a file. */
export type RotationStep =
  | { readonly step: 'written' | 'committed' | 'kept' }
  | { readonly step: 'wrapped'; readonly done: number; readonly of: number };

/** What a rotation did. */
export interface Rotated {
  /** Keys that were wrapped anew; `null` when an earlier rotation had done it already. */
  readonly keys: number | null;
  /** Where the new secret is: in the file, or in the setting that must change. */
  readonly secret: 'file' | 'setting';
}

const LEAST = 32;

/**
 * Give the installation another root secret: it is put aside first, then every key is wrapped anew
 * in one transaction, then it takes its place. Cut off at any point, nothing is lost: the next start
 * or the next rotation finds out which secret the database opens under. The database must be held by
 * this process, and its schema be up to date.
 * @param sql the owner's: it sees the rows of every tenant
 * @param given the new secret, for an installation whose secret is a setting
 * @param report told of each step
 * @throws ConfigFault for a setting that does not fit; WrongSecret when a key does not open
 */
export async function rotate(
  config: Config,
  given: string | undefined,
  sql: Sql,
  report: (step: RotationStep) => void,
): Promise<Rotated> {
  if (config.secret === undefined) return rotateFile(config, given, sql, report);
  const next = checkGiven(config.secret, given);
  if ((await opensStored(sql, createSealing(next))) === true) return { keys: null, secret: 'setting' };
  const keys = await rewrap(await rootSecret(config, sql), next, sql, report);
  return { keys, secret: 'setting' };
}

async function rotateFile(
  config: Config,
  given: string | undefined,
  sql: Sql,
  report: (step: RotationStep) => void,
): Promise<Rotated> {
  if (given !== undefined) {
    throw new ConfigFault(
      `The secret is a file here (${config.dataDir}/${ROOT}), and the new one is made: unset FANFARE_SECRET_NEXT`,
    );
  }
  const present = await rootSecret(config, sql);
  const next = await makeNextSecret(config.dataDir, ROOT);
  report({ step: 'written' });
  const keys = await rewrap(present, next, sql, report);
  await takeNextSecret(config.dataDir, ROOT);
  report({ step: 'kept' });
  return { keys, secret: 'file' };
}

async function rewrap(
  present: string,
  next: string,
  sql: Sql,
  report: (step: RotationStep) => void,
): Promise<number> {
  const keys = await rewrapAll(sql, createSealing(present), createSealing(next), (done, of) =>
    report({ step: 'wrapped', done, of }),
  );
  report({ step: 'committed' });
  return keys;
}

function checkGiven(present: string, next: string | undefined): string {
  if (next === undefined)
    throw new ConfigFault('FANFARE_SECRET is set: give the new one as FANFARE_SECRET_NEXT');
  if (next.length < LEAST) throw new ConfigFault(`FANFARE_SECRET_NEXT needs at least ${LEAST} characters`);
  if (next === present) throw new ConfigFault('FANFARE_SECRET_NEXT is the secret that is in use already');
  return next;
}
