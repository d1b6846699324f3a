import { randomUUID } from 'node:crypto';
import type { Sql, Transaction } from '@fanfare/db';
import { RESET_MS, type Resets } from '../domain/accounts/resets.ts';

const KIND = 'password-reset:';

/** Links to a new password, among the short-lived questions of sign-ins; swept with them. */
export function createResets(sql: Sql): Resets {
  return {
    async make(user, secretHash, now) {
      await sql.begin(async (tx) => {
        await forget(tx, user);
        await tx`
          insert into auth_verification (id, identifier, value, expires_at, created_at, updated_at)
          values (${randomUUID()}, ${nameOf(secretHash)}, ${user}, ${now + RESET_MS}, ${now}, ${now})`;
      });
    },
    async owner(secretHash, now) {
      const [found] = await sql<{ user: string }[]>`
        select staff.id as "user" from auth_verification join staff on staff.id = value
        where identifier = ${nameOf(secretHash)} and expires_at > ${now}`;
      return found?.user ?? null;
    },
    take: (secretHash, passwordHash, now) =>
      sql.begin(async (tx) => {
        const [taken] = await tx<{ user: string }[]>`
          delete from auth_verification using staff
          where identifier = ${nameOf(secretHash)} and expires_at > ${now} and staff.id = value
          returning staff.id as "user"`;
        if (!taken) return null;
        const { user } = taken;
        await forget(tx, user);
        await tx`delete from auth_session where user_id = ${user}`;
        // Who signed in at their company alone has no password yet.
        await tx`
          insert into auth_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
          values (${randomUUID()}, ${user}, ${user}, 'credential', ${passwordHash}, ${now}, ${now})
          on conflict (provider_id, account_id)
          do update set password = excluded.password, updated_at = excluded.updated_at`;
        return user;
      }),
  };
}

const nameOf = (secretHash: Uint8Array): string => KIND + Buffer.from(secretHash).toString('base64url');

async function forget(tx: Transaction, user: string): Promise<void> {
  await tx`delete from auth_verification where value = ${user} and starts_with(identifier, ${KIND})`;
}
