import { randomBytes } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import type { Clock } from '../parts.ts';
import type { Sealing } from './sealing.ts';

/** Number of the installation's first organisation, made when there is none. @param sql sees every tenant */
export async function firstOrganisation(sql: Sql, clock: Clock): Promise<number> {
  const [known] = await sql<{ id: number }[]>`select id from organisation order by id limit 1`;
  if (known) return known.id;
  const [made] = await sql<{ id: number }[]>`
    insert into organisation (name, created_at) values ('Fanfare', ${clock()}) returning id`;
  return made!.id;
}

/** Key of the installation's sign-ins, 32 bytes: made once, wrapped by the root key. @param sql sees every tenant */
export async function accountsKey(sql: Sql, sealing: Sealing, clock: Clock): Promise<Uint8Array> {
  const home = await firstOrganisation(sql, clock);
  const made = sealing.seal(randomBytes(32));
  const [row] = await sql<{ key: Uint8Array }[]>`
    update organisation set accounts_key = coalesce(accounts_key, ${made}) where id = ${home}
    returning accounts_key as key`;
  return sealing.open(row!.key);
}
