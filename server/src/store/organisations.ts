import type { Sql } from '@fanfare/db';
import type { Clock } from '../parts.ts';

/** Number of the installation's first organisation, made when there is none. */
export async function firstOrganisation(sql: Sql, clock: Clock): Promise<number> {
  const [known] = await sql<{ id: number }[]>`select id from organisation order by id limit 1`;
  if (known) return known.id;
  const [made] = await sql<{ id: number }[]>`
    insert into organisation (name, created_at) values ('Fanfare', ${clock()}) returning id`;
  return made!.id;
}
