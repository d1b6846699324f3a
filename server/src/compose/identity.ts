import type { Sql } from '@fanfare/db';
import type { ApiTokens } from '../domain/access/token.ts';
import type { IdentityBook } from '../http/access.ts';
import { tokenBook } from '../http/token-book.ts';
import type { Clock } from '../parts.ts';
import { StoredApiTokens } from '../store/api-tokens.ts';
import { firstOrganisation } from '../store/organisations.ts';
import { periodic, type Job } from './jobs.ts';

const MINUTE = 60_000;

/** Everything that tells who asks, read into memory before the first request. */
export async function createIdentity(
  sql: Sql,
  clock: Clock,
  warn: (message: string) => void,
): Promise<{
  readonly books: readonly IdentityBook[];
  readonly parts: { readonly tokens: ApiTokens; readonly home: number };
  readonly job: Job;
}> {
  const tokens = new StoredApiTokens(sql, clock);
  await tokens.load();
  const flush = () => tokens.flush();
  const ending = periodic(flush, MINUTE, MINUTE, () => warn('the last use of tokens could not be noted'));
  return {
    books: [tokenBook(tokens)],
    parts: { tokens, home: await firstOrganisation(sql, clock) },
    job: {
      start: () => ending.start(),
      stop: async () => {
        await ending.stop();
        await flush().catch(() => undefined);
      },
    },
  };
}
