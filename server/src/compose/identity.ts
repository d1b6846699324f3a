import type { Database } from '@fanfare/db';
import type { Displays } from '../domain/access/display.ts';
import type { ApiTokens } from '../domain/access/token.ts';
import type { IdentityBook } from '../http/access.ts';
import { displayBook } from '../http/display-book.ts';
import { tokenBook } from '../http/token-book.ts';
import type { Clock } from '../parts.ts';
import { StoredApiTokens } from '../store/api-tokens.ts';
import { StoredDisplays } from '../store/displays.ts';
import { firstOrganisation } from '../store/organisations.ts';
import { periodic, type Job } from './jobs.ts';

const MINUTE = 60_000;

/** Everything that tells who asks, read into memory before the first request. @param secure behind https */
export async function createIdentity(
  { sql, owner }: Pick<Database, 'sql' | 'owner'>,
  clock: Clock,
  secure: boolean,
  warn: (message: string) => void,
): Promise<{
  readonly books: readonly IdentityBook[];
  readonly displayBook: IdentityBook;
  readonly parts: { readonly tokens: ApiTokens; readonly displays: Displays; readonly home: number };
  readonly job: Job;
}> {
  const tokens = new StoredApiTokens(sql, clock);
  const displays = new StoredDisplays(sql, clock);
  await Promise.all([tokens.load(owner), displays.load(owner)]);
  const flush = async () => {
    await tokens.flush();
    await displays.flush();
  };
  const ending = periodic(flush, MINUTE, MINUTE, () => warn('the last use of keys could not be noted'));
  return {
    books: [tokenBook(tokens)],
    displayBook: displayBook(displays, secure),
    parts: { tokens, displays, home: await firstOrganisation(owner, clock) },
    job: {
      start: () => ending.start(),
      stop: async () => {
        await ending.stop();
        await flush().catch(() => undefined);
      },
    },
  };
}
