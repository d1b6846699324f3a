import { randomUUID } from 'node:crypto';
import type { Sql, Transaction } from '@fanfare/db';
import type { CompanyAccounts } from '../domain/accounts/company.ts';
import { inOrganisation } from './tenant.ts';

const PROVIDER = 'company';

/** Accounts at a company's own sign-in, beside passwords. */
export function createCompanyAccounts(sql: Sql): CompanyAccounts {
  return {
    async find(account) {
      const [found] = await sql<{ user: string }[]>`
        select user_id as "user" from auth_account
        where provider_id = ${PROVIDER} and account_id = ${account}`;
      return found?.user ?? null;
    },
    link: (user, account, now) =>
      sql.begin(async (tx) => {
        await tx`select from staff where id = ${user} for update`;
        const [other] = await tx`
          select from auth_account where user_id = ${user} and provider_id = ${PROVIDER} limit 1`;
        return other === undefined && insertLink(tx, user, account, now);
      }),
    join: (organisation, { account, email, name }, role, now) =>
      inOrganisation(sql, organisation, async (tx) => {
        const id = randomUUID();
        const made = await tx`
          insert into staff (id, name, email, email_verified, two_factor_enabled, created_at, updated_at)
          values (${id}, ${name}, ${email}, true, false, ${now}, ${now})
          on conflict (email) do nothing returning id`;
        if (made.length === 0 || !(await insertLink(tx, id, account, now))) return null;
        await tx`
          insert into member (organisation_id, user_id, role, created_at)
          values (${organisation}, ${id}, ${role}, ${now})`;
        return { id, name, email };
      }),
    async begin({ id, token, user, createdAt, expiresAt, address, agent }) {
      await sql`
        insert into auth_session (id, token, user_id, expires_at, ip_address, user_agent, created_at, updated_at)
        values (${id}, ${token}, ${user}, ${expiresAt}, ${address}, ${agent}, ${createdAt}, ${createdAt})`;
    },
  };
}

async function insertLink(tx: Transaction, user: string, account: string, now: number): Promise<boolean> {
  const made = await tx`
    insert into auth_account (id, user_id, account_id, provider_id, created_at, updated_at)
    values (${randomUUID()}, ${user}, ${account}, ${PROVIDER}, ${now}, ${now})
    on conflict (provider_id, account_id) do nothing returning id`;
  return made.length > 0;
}
