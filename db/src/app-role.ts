import { codeOf, messageOf } from './fault.ts';
import type { Sql } from './pool.ts';

/** The role requests run as. It owns nothing, and row-level security holds for it. */
export const appRole = 'fanfare_app';

/** What became of it: usable, or why requests must run as the owner, in a sentence for people. */
export type AppRole = { usable: true } | { usable: false; reason: string };

const duplicate = '42710';
const notAllowed = '42501';

/**
 * Makes the role where it is missing and the right to make it is there, and looks whether requests can run as it.
 * @param owner a pool of the user who owns the tables
 */
export async function prepareAppRole(owner: Sql): Promise<AppRole> {
  const isMissing = (await find(owner)) === undefined;
  if (isMissing) {
    const refused = await attempt(owner, `create role ${appRole} nologin`);
    if (refused !== null) return { usable: false, reason: `the role ${appRole} cannot be made (${refused})` };
  }
  const found = await find(owner);
  if (found === undefined) return { usable: false, reason: `the role ${appRole} is missing` };
  if (found.passes) return { usable: false, reason: `the role ${appRole} may pass row-level security by` };
  if (found.owns) return { usable: false, reason: `the role ${appRole} may act as the owner of the tables` };
  if ((await refusalOfSwitch(owner)) === null) return { usable: true };
  await attempt(owner, `grant ${appRole} to current_user`);
  const refused = await refusalOfSwitch(owner);
  if (refused === null) return { usable: true };
  return { usable: false, reason: `the database user may not act as ${appRole} (${refused})` };
}

/** Does row-level security hold for the user of this pool, once it is forced on the owner too? */
export async function isBoundByPolicies(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ bound: boolean }[]>`
    select not (rolsuper or rolbypassrls) as bound from pg_roles where rolname = current_user`;
  return row?.bound === true;
}

async function find(sql: Sql): Promise<{ passes: boolean; owns: boolean } | undefined> {
  const [row] = await sql<{ passes: boolean; owns: boolean }[]>`
    select rolsuper or rolbypassrls as passes, pg_has_role(oid, current_user, 'member') as owns
    from pg_roles where rolname = ${appRole}`;
  return row;
}

/** The reason for which a statement was not allowed; null when it was, or when somebody else has just done it. */
async function attempt(sql: Sql, statement: string): Promise<string | null> {
  try {
    await sql.unsafe(statement);
    return null;
  } catch (fault) {
    if (codeOf(fault) === duplicate) return null;
    if (codeOf(fault) === notAllowed) return messageOf(fault);
    throw fault;
  }
}

async function refusalOfSwitch(sql: Sql): Promise<string | null> {
  try {
    await sql.begin((tx) => tx.unsafe(`set local role ${appRole}`));
    return null;
  } catch (fault) {
    if (codeOf(fault) === notAllowed) return messageOf(fault);
    throw fault;
  }
}
