import { randomUUID } from 'node:crypto';
import type { Role } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import {
  SESSION_REST_MS,
  type Invitation,
  type NewStaff,
  type Staff,
  type StaffSession,
  type StaffUser,
} from '../domain/accounts/staff.ts';
import { enter, inOrganisation, knowing } from './tenant.ts';

/** Accounts, members and invitations in PostgreSQL. @param every sees the rows of every tenant, to load and to sweep */
export function createStaff(sql: Sql, every: Sql): Staff {
  return {
    async load(now) {
      const [organisations, users, members, sessions] = await Promise.all([
        every<{ id: number; name: string }[]>`select id, name from organisation order by id`,
        every<StaffUser[]>`select id, name, email from staff`,
        every<{ organisation: number; user: string; role: Role; since: number }[]>`
          select organisation_id as organisation, user_id as "user", role, created_at as since from member`,
        every<StaffSession[]>`
          select id, token, user_id as "user", created_at as "createdAt", updated_at as "usedAt",
            expires_at as "expiresAt", coalesce(ip_address, '') as address, coalesce(user_agent, '') as agent
          from auth_session where expires_at > ${now}`,
      ]);
      return { organisations, users, members, sessions };
    },
    makeOwner: (organisation, staff, now) =>
      inOrganisation(sql, organisation, async (tx) => {
        await lockOrganisation(tx, organisation);
        const [owner] = await tx`
          select from member where organisation_id = ${organisation} and role = 'owner' limit 1`;
        if (owner) return null;
        const user = await insertUser(tx, staff, now);
        await insertMember(tx, organisation, user.id, 'owner', now);
        return user;
      }),
    setRole: (organisation, user, role) =>
      inOrganisation(sql, organisation, async (tx) => {
        const standing = await standingOf(tx, organisation, user);
        if (standing === 'unknown' || (standing === 'last_owner' && role !== 'owner')) return standing;
        await tx`
          update member set role = ${role} where organisation_id = ${organisation} and user_id = ${user}`;
        return 'done';
      }),
    removeMember: (organisation, user) =>
      inOrganisation(sql, organisation, async (tx) => {
        const standing = await standingOf(tx, organisation, user);
        if (standing !== 'done') return { outcome: standing, gone: false };
        await tx`delete from member where organisation_id = ${organisation} and user_id = ${user}`;
        // Whoever belongs elsewhere too stays: their other memberships must be seen.
        await enter(tx, { organisation, known: user });
        const gone = await tx`
          delete from staff where id = ${user}
          and not exists (select from member where user_id = ${user}) returning id`;
        return { outcome: standing, gone: gone.length > 0 };
      }),
    async invite({ organisation, id, email, role, createdAt, expiresAt }, secretHash) {
      await inOrganisation(sql, organisation, async (tx) => {
        await tx`delete from invitation where organisation_id = ${organisation} and email = ${email}`;
        await tx`
          insert into invitation (organisation_id, id, secret_hash, email, role, created_at, expires_at)
          values (${organisation}, ${id}, ${secretHash}, ${email}, ${role}, ${createdAt}, ${expiresAt})`;
      });
    },
    invitations: (organisation, now) =>
      inOrganisation(
        sql,
        organisation,
        (tx) => tx<Invitation[]>`
        select ${invitationColumns(tx)} from invitation
        where organisation_id = ${organisation} and expires_at > ${now} order by created_at, id limit 500`,
      ),
    async withdraw(organisation, id) {
      const gone = await inOrganisation(
        sql,
        organisation,
        (tx) => tx`
        delete from invitation where organisation_id = ${organisation} and id = ${id} returning id`,
      );
      return gone.length > 0;
    },
    offer: (secretHash, now) =>
      knowing(sql, hex(secretHash), async (tx) => (await offered(tx, secretHash, now)) ?? null),
    accept: (secretHash, as, now) =>
      knowing(sql, hex(secretHash), async (tx) => {
        const found = await offered(tx, secretHash, now);
        if (!found) return null;
        await enter(tx, { organisation: found.organisation });
        const [taken] = await tx<Invitation[]>`
          delete from invitation
          where secret_hash = ${secretHash} and expires_at > ${now} and email = ${as.email}
          returning ${invitationColumns(tx)}`;
        if (!taken) return null;
        const user = 'id' in as ? as : await insertUser(tx, as, now);
        await insertMember(tx, taken.organisation, user.id, taken.role, now);
        const { organisation, role } = taken;
        return { user, membership: { organisation, user: user.id, role, since: now } };
      }),
    async use(session, now) {
      await sql`update auth_session set updated_at = ${now} where id = ${session}`;
    },
    async endSession(session) {
      await sql`delete from auth_session where id = ${session}`;
    },
    async sweep(now) {
      const rested = now - SESSION_REST_MS;
      await every`delete from auth_session where expires_at <= ${now} or updated_at <= ${rested}`;
      await every`delete from auth_verification where expires_at <= ${now}`;
      await every`delete from invitation where expires_at <= ${now}`;
    },
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const invitationColumns = (tx: Transaction) => tx`
  organisation_id as organisation, id, email, role, created_at as "createdAt", expires_at as "expiresAt"`;

/** The offer a secret opens, in whichever organisation. */
async function offered(
  tx: Transaction,
  secretHash: Uint8Array,
  now: number,
): Promise<Invitation | undefined> {
  const [found] = await tx<Invitation[]>`
    select ${invitationColumns(tx)} from invitation
    where secret_hash = ${secretHash} and expires_at > ${now}`;
  return found;
}

/** Changes of the owners of an organisation happen one after the other. */
async function lockOrganisation(tx: Transaction, organisation: number): Promise<void> {
  await tx`select from organisation where id = ${organisation} for update`;
}

async function standingOf(
  tx: Transaction,
  organisation: number,
  user: string,
): Promise<'done' | 'last_owner' | 'unknown'> {
  await lockOrganisation(tx, organisation);
  const [row] = await tx<{ role: Role; owners: number }[]>`
    select role, (select count(*) from member as o
      where o.organisation_id = ${organisation} and o.role = 'owner') as owners
    from member where organisation_id = ${organisation} and user_id = ${user}`;
  if (!row) return 'unknown';
  return row.role === 'owner' && row.owners < 2 ? 'last_owner' : 'done';
}

async function insertUser(tx: Transaction, staff: NewStaff, now: number): Promise<StaffUser> {
  const { name, email, passwordHash } = staff;
  const id = randomUUID();
  // Whoever has the address proved it by the printed link or by the link of an invitation.
  await tx`
    insert into staff (id, name, email, email_verified, two_factor_enabled, created_at, updated_at)
    values (${id}, ${name}, ${email}, true, false, ${now}, ${now})`;
  await tx`
    insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
    values (${randomUUID()}, ${id}, ${id}, 'credential', ${passwordHash}, ${now}, ${now})`;
  return { id, name, email };
}

async function insertMember(
  tx: Transaction,
  organisation: number,
  user: string,
  role: Role,
  now: number,
): Promise<void> {
  await tx`
    insert into member (organisation_id, user_id, role, created_at)
    values (${organisation}, ${user}, ${role}, ${now}) on conflict do nothing`;
}
