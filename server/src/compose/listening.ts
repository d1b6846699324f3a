import type { ConnectorId } from '@fanfare/contract';
import type { Config } from '../config.ts';
import { Fault } from '../domain/fault.ts';
import type { HeldIds, ListenedFans, SourceBook } from '../domain/sources/source.ts';
import { publicName } from '../outgoing/addresses.ts';
import { connectPublic, createCaller, type Caller, type Connect } from '../outgoing/call.ts';
import { socketsTo } from '../outgoing/socket.ts';
import { createStreams } from '../outgoing/stream.ts';
import type { Clock } from '../parts.ts';
import { createResolveText, findIdentity, readAccount, type ResolveText } from '../proof/atproto/identity.ts';
import { BlueskyListener } from '../sources/bluesky/listener.ts';
import { Listeners } from '../sources/listening/listeners.ts';
import type { Taker } from '../sources/listening/taker.ts';
import { MastodonListener } from '../sources/mastodon/listener.ts';
import { partsOf } from '../sources/mastodon/people.ts';

/** Ways out to networks that are listened to; tests put their own in. */
export interface Outside {
  readonly connect: Connect;
  readonly resolveText: ResolveText;
}

export interface ListeningNeed {
  readonly config: Config;
  readonly book: SourceBook;
  readonly taker: Taker;
  readonly fans: ListenedFans;
  readonly held: HeldIds;
  readonly clock: Clock;
  readonly chance: () => number;
  readonly outside: Outside | undefined;
}

/** What somebody gives to connect a source. */
export interface Given {
  readonly connector: ConnectorId;
  readonly account: string | null;
  readonly token: string | null;
}

/** The networks we listen to: what listens, and what is looked at before one is connected. */
export function createListening({ config, outside, ...need }: ListeningNeed): {
  readonly listeners: Listeners;
  readonly check: (given: Given) => Promise<string | null>;
} {
  const connect = outside?.connect ?? connectPublic();
  const resolveText = outside?.resolveText ?? createResolveText();
  const call = createCaller(connect);
  const stream = createStreams(connect);
  const url = config.jetstreamUrl;
  const open = socketsTo(new URL(url).origin);
  const listeners = new Listeners(need.book, {
    bluesky: (source) =>
      source.account === null ? null : new BlueskyListener(source, { ...need, url, open }),
    mastodon: (source) => {
      const { token } = source.secrets;
      return token === null ? null : new MastodonListener(source, token, { ...need, call, stream });
    },
  });
  return {
    listeners,
    async check({ connector, account, token }) {
      if (connector === 'bluesky') return blueskyAccount(account, call, resolveText);
      if (connector === 'mastodon') return mastodonAccount(account, token, call);
      return account;
    },
  };
}

/** The DID of the account that was written: it stays when the handle changes. @throws Fault bad_field, unreachable */
async function blueskyAccount(
  written: string | null,
  call: Caller,
  resolveText: ResolveText,
): Promise<string> {
  const account = readAccount(written ?? '');
  if (account === null) throw new Fault('bad_field', 'account: is a whole name such as alice.bsky.social');
  return 'did' in account ? account.did : (await findIdentity(account, call, resolveText)).did;
}

/** `name@server`, once its server has taken the token. @throws Fault bad_field, unreachable */
async function mastodonAccount(written: string | null, token: string | null, call: Caller): Promise<string> {
  const parts = partsOf(written);
  const server = parts && publicName(parts.server);
  if (!parts || !server)
    throw new Fault('bad_field', 'account: is a whole name such as @alice@mastodon.social');
  const account = `${parts.name}@${server}`;
  if (token === null) return account;
  const ask = (path: string) => call({ method: 'GET', url: `https://${server}/api/v1/${path}`, token });
  const heard = await ask('notifications?limit=1');
  if (heard.status === 401 || heard.status === 403)
    throw new Fault('bad_field', 'token: is not taken there, or may not read notifications');
  if (heard.status !== 200 || !Array.isArray(heard.body)) throw new Fault('unreachable');
  // A token that may not say whose it is can still be a good one.
  const { status, body } = await ask('accounts/verify_credentials');
  const name = (body as { username?: unknown } | null)?.username;
  if (status === 200 && typeof name === 'string' && name.toLowerCase() !== parts.name)
    throw new Fault('bad_field', 'account: the token is that of another account');
  return account;
}
