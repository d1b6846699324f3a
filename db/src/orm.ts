import { drizzleAdapter } from '@better-auth/drizzle-adapter';
import { drizzle } from 'drizzle-orm/postgres-js';
import { account, passkey, session, twoFactor, user, verification } from '../schema/account.ts';
import { anotherPool, type Sql } from './pool.ts';

const schema = { user, session, account, verification, twoFactor, passkey };

/** What the library that keeps accounts speaks to the database through. */
export type AccountsAdapter = {
  adapter: ReturnType<typeof drizzleAdapter>;
  close: () => Promise<void>;
};

/**
 * The tables of accounts for that library, on connections of their own, as drizzle changes how a
 * pool reads dates. An entry of its own: drizzle takes half a second and 90 MiB, so load it late.
 */
export function openAccountsAdapter(sql: Sql): AccountsAdapter {
  const pool = anotherPool(sql, { max: 2, name: 'fanfare-accounts' });
  return {
    adapter: drizzleAdapter(drizzle(pool, { schema }), { provider: 'pg', schema, transaction: true }),
    close: () => pool.end({ timeout: 5 }),
  };
}
