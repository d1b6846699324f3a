import type { Config } from '../config.ts';
import type { FanParts } from '../http/fan/entrance.ts';
import { createMailer } from '../mail.ts';
import type { AccountProof } from '../parts.ts';
import { clientOf } from '../proof/atproto/client.ts';
import { createResolveText } from '../proof/atproto/identity.ts';
import { createBlueskyProof } from '../proof/bluesky.ts';
import { connectTo, createCaller } from '../outgoing/call.ts';
import { createMastodonProof } from '../proof/mastodon.ts';
import { createMetaProof } from '../proof/meta.ts';
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
    mails: createTokens(secret, 'mail proofs'),
    pages: createFanPages(sql),
    mailer: config.smtpUrl === undefined ? null : createMailer(config.smtpUrl, config.mailFrom),
    proofs: proofs ?? allProofs(config),
    k: config.suppressionK,
  };
}

/** Every way to prove an account that this installation can offer. */
function allProofs({ publicUrl, metaApp }: Config): AccountProof[] {
  const call = createCaller();
  const proofs = [createMastodonProof(call)];
  // The AT Protocol knows clients over https, and those of one's own machine.
  if (clientOf(publicUrl) !== null)
    proofs.unshift(createBlueskyProof({ call, resolveText: createResolveText(), clock: Date.now }));
  if (metaApp)
    proofs.push(createMetaProof(metaApp, createCaller(connectTo(new URL(metaApp.graphUrl).origin))));
  return proofs;
}
