import type { Config } from '../config.ts';
import type { FanParts } from '../http/fan/entrance.ts';
import { createMailer } from '../mail.ts';
import type { AccountProof } from '../parts.ts';
import { callPublic } from '../proof/call.ts';
import { createMastodonProof } from '../proof/mastodon.ts';
import { createFanPages } from '../store/fan-pages.ts';
import { createTokens } from '../store/tokens.ts';
import type { Sql } from '@fanfare/db';

/** What the pages of the fans need. @param proofs by default the networks whose protocol is spoken here */
export function createFanParts(
  config: Config,
  secret: string,
  sql: Sql,
  proofs: readonly AccountProof[] | undefined,
): FanParts {
  return {
    links: createTokens(secret, 'fan links'),
    visits: createTokens(secret, 'fan visits'),
    proving: createTokens(secret, 'account proofs'),
    pages: createFanPages(sql),
    mailer: config.smtpUrl === undefined ? null : createMailer(config.smtpUrl, config.mailFrom),
    proofs: proofs ?? [createMastodonProof(callPublic)],
    k: config.suppressionK,
  };
}
