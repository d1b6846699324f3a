import {
  checkInstant,
  parseInstant,
  type EventBody,
  type Kind,
  type UnusableReason,
  type Verb,
} from '@fanfare/contract';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, idOf, listOf, textOf, wordOf } from '../fields.ts';
import { microsOf } from './tid.ts';

/** Collections in which somebody can do something about a brand. */
export const COLLECTIONS = [
  'app.bsky.feed.like',
  'app.bsky.feed.repost',
  'app.bsky.feed.post',
  'app.bsky.graph.follow',
] as const;

/** What somebody did to the brand by a record; `null` when it is about somebody else. */
interface About {
  readonly kind: Kind;
  readonly object: string | null;
}

/**
 * One message of Jetstream. Empty when it is about other things than the brand: nothing of it is kept
 * or counted. A removal does not tell what it was about, so each is handed on; the ledger knows.
 */
export function mapBluesky(message: unknown, context: MapContext): Understood[] {
  const did = wordOf(message, 'did');
  const kind = wordOf(message, 'kind');
  if (did === null || kind === null) return [unusable('bad_shape', message)];
  if (kind === 'account') return [account(message, did, context)];
  if (kind === 'identity') return [];
  if (kind !== 'commit') return [unusable('unknown_kind', message)];
  const result = commit(message, did, context);
  if (result === null) return [];
  return [typeof result === 'string' ? unusable(result, message) : { is: 'engagement', event: result }];
}

/** A name for a message that is the same on every server and however often it comes. */
export function nameOf(message: unknown): string {
  const commit = fieldOf(message, 'commit');
  const account = fieldOf(message, 'account');
  const words = ['collection', 'rkey', 'rev', 'operation'].map((name) => wordOf(commit, name));
  const standing = [idOf(account, 'seq'), wordOf(account, 'time'), wordOf(account, 'status')];
  return JSON.stringify([wordOf(message, 'did'), wordOf(message, 'kind'), ...words, ...standing]);
}

/** Milliseconds since 1970 at which the server saw it; `null` for none. */
export function seenAt(message: unknown): number | null {
  const micros = fieldOf(message, 'time_us');
  return typeof micros === 'number' && Number.isSafeInteger(micros) && micros > 0
    ? Math.floor(micros / 1_000)
    : null;
}

/** Deleted for good: forget them. Stopped for a while: they rest until they are back. */
function account(message: unknown, did: string, { now }: MapContext): Understood {
  const told = fieldOf(message, 'account');
  const active = fieldOf(told, 'active');
  if (typeof active !== 'boolean') return unusable('bad_shape', message);
  const at = Math.min(now, parseInstant(wordOf(told, 'time') ?? '') ?? seenAt(message) ?? now);
  const status = wordOf(told, 'status');
  if (!active && status === 'deleted')
    return { is: 'withdrawal', network: 'bluesky', fan: did, at: now, erase: true };
  // Out of step or throttled says something about their server, not about them.
  if (!active && (status === 'desynchronized' || status === 'throttled')) return unusable('recheck', message);
  return { is: 'rest', network: 'bluesky', fan: did, at, resting: !active };
}

function commit(message: unknown, did: string, context: MapContext): EventBody | UnusableReason | null {
  const told = fieldOf(message, 'commit');
  const collection = COLLECTIONS.find((name) => name === wordOf(told, 'collection'));
  const [rkey, operation] = [wordOf(told, 'rkey'), wordOf(told, 'operation')];
  const [rev, seen] = [microsOf(wordOf(told, 'rev') ?? ''), seenAt(message)];
  if (!collection) return null;
  if (rkey === null || rev === null || seen === null) return 'bad_shape';
  if (did === context.account) return null;
  const id = `${collection.slice(collection.lastIndexOf('.') + 1)}/${context.mask(did)}/${rkey}`;
  const removal = { id, rev, verb: 'remove' as Verb, network: 'bluesky' as const };
  if (operation === 'delete') return inTime({ ...removal, occurredAt: seen }, context);
  if (operation !== 'create' && operation !== 'update') return 'unknown_kind';
  const record = fieldOf(told, 'record');
  const about = aboutBrand(collection, record, context.account);
  // What was about the brand and is not any more goes.
  if (about === null)
    return operation === 'update' ? inTime({ ...removal, occurredAt: seen }, context) : null;
  const said = parseInstant(wordOf(record, 'createdAt') ?? '') ?? seen;
  const text = collection === 'app.bsky.feed.post' ? textOf(record, 'text') : null;
  const [lang] = listOf(fieldOf(record, 'langs'));
  return inTime(
    {
      ...{ id, rev, network: 'bluesky', fan: did, kind: about.kind },
      verb: operation === 'update' ? 'edit' : 'add',
      // A clock of theirs that is ahead does not move what happened.
      occurredAt: Math.min(said, seen),
      ...(about.object === null ? {} : { object: about.object }),
      ...(about.kind === 'reaction' ? { reaction: 'like' } : {}),
      ...(text === null ? {} : { text }),
      ...(typeof lang === 'string' && /^[A-Za-z0-9-]{1,35}$/.test(lang) ? { lang } : {}),
    },
    context,
  );
}

function aboutBrand(
  collection: (typeof COLLECTIONS)[number],
  record: unknown,
  brand: string | null,
): About | null {
  if (brand === null) return null;
  const ofBrand = (uri: string | null) => (uri?.startsWith(`at://${brand}/`) === true ? uri : null);
  const subject = ofBrand(wordOf(fieldOf(record, 'subject'), 'uri'));
  if (collection === 'app.bsky.feed.like')
    return subject === null ? null : { kind: 'reaction', object: subject };
  if (collection === 'app.bsky.feed.repost')
    return subject === null ? null : { kind: 'share', object: subject };
  if (collection === 'app.bsky.graph.follow')
    return wordOf(record, 'subject') === brand ? { kind: 'follow', object: null } : null;
  const embed = fieldOf(record, 'embed');
  const embedded = fieldOf(embed, 'record');
  const quoted = ofBrand(wordOf(embedded, 'uri') ?? wordOf(fieldOf(embedded, 'record'), 'uri'));
  if (quoted) return { kind: 'quote', object: quoted };
  const reply = fieldOf(record, 'reply');
  const answered =
    ofBrand(wordOf(fieldOf(reply, 'parent'), 'uri')) ?? ofBrand(wordOf(fieldOf(reply, 'root'), 'uri'));
  if (answered) return { kind: 'comment', object: answered };
  const mentions = listOf(fieldOf(record, 'facets')).some((facet) =>
    listOf(fieldOf(facet, 'features')).some((feature) => wordOf(feature, 'did') === brand),
  );
  return mentions ? { kind: 'mention', object: null } : null;
}

function inTime(event: EventBody, { now }: MapContext): EventBody | UnusableReason {
  return checkInstant(event.occurredAt, now) ? 'out_of_time' : event;
}
