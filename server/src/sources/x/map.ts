import {
  checkInstant,
  parseInstant,
  type EventBody,
  type Kind,
  type UnusableReason,
} from '@fanfare/contract';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { endOfSecond, fieldOf, idOf, instantOf, listOf, textOf, wordOf } from '../fields.ts';

type Result = EventBody | UnusableReason;
type Read = (one: unknown, context: MapContext) => Result;

/** Lists of an account activity delivery that tell of acts; the others are told as not understood. */
const LISTS: Readonly<Record<string, Read>> = {
  tweet_create_events: post,
  tweet_delete_events: deleted,
  favorite_events: (one, context) => like(one, context, 'add'),
  unfavorite_events: (one, context) => like(one, context, 'remove'),
  follow_events: follow,
};
const PRIVATE = /^(?:direct_message|chat)/;
const ABOUT = new Set(['for_user_id', 'user_has_blocked', 'users', 'apps', 'user_event']);

/** Account activity (lists by kind) or X Activity (`data`). */
export function mapX(body: unknown, context: MapContext): Understood[] {
  if (typeof body !== 'object' || body === null) return [unusable('bad_shape', body)];
  if (fieldOf(body, 'data') !== undefined) return [activity(body, context)];
  const owner = idOf(body, 'for_user_id');
  if (context.account !== null && owner !== null && owner !== context.account)
    return [unusable('other_account', body)];
  const found = Object.entries(body as Record<string, unknown>).flatMap(([name, list]): Understood[] => {
    if (name === 'user_event') return [revoked(list, context)];
    if (ABOUT.has(name)) return [];
    const read = Object.hasOwn(LISTS, name) ? LISTS[name]! : null;
    if (!read) return [unusable(PRIVATE.test(name) ? 'private_message' : 'unknown_kind', { [name]: list })];
    if (!Array.isArray(list)) return [unusable('bad_shape', { [name]: list })];
    return listOf(list).map((one) => told(read(one, context), { [name]: [one] }));
  });
  return found.length > 0 ? found : [unusable('bad_shape', body)];
}

function told(result: Result, part: unknown): Understood {
  return typeof result === 'string' ? unusable(result, part) : { is: 'engagement', event: result };
}

/** X Activity: one act under `data.payload`, its time as RFC 3339. */
function activity(body: unknown, context: MapContext): Understood {
  const data = fieldOf(body, 'data');
  const [type, payload] = [wordOf(data, 'event_type') ?? '', fieldOf(data, 'payload')];
  if (/revoke/.test(type)) {
    const fan = idOf(fieldOf(data, 'filter'), 'user_id') ?? idOf(payload, 'user_id');
    if (fan === null) return unusable('no_person', body);
    return { is: 'withdrawal', network: 'x', fan, at: context.now, erase: false };
  }
  if (/^(?:dm|chat)\./.test(type)) return unusable('private_message', body);
  if (type !== 'post.create' && type !== 'post.delete') return unusable('unknown_kind', body);
  const id = idOf(payload, 'id');
  const at =
    parseInstant(wordOf(payload, 'created_at') ?? '') ?? (type === 'post.delete' ? context.now : null);
  if (id === null || at === null) return unusable('bad_shape', body);
  if (type === 'post.delete') return told(removal(`post/${id}`, at, context), body);
  const refs = listOf(fieldOf(payload, 'referenced_tweets'));
  const by = (name: string) => refs.find((ref) => wordOf(ref, 'type') === name);
  const [share, quote, reply] = [by('retweeted'), by('quoted'), by('replied_to')];
  const kind: Kind = share ? 'share' : quote ? 'quote' : reply ? 'comment' : 'mention';
  const object = idOf(share ?? quote ?? reply, 'id') ?? id;
  const fan = idOf(payload, 'author_id');
  const text = kind === 'share' ? null : textOf(payload, 'text');
  return told(
    made({ id: `post/${id}`, kind, fan, at, object, text, lang: wordOf(payload, 'lang') }, context),
    body,
  );
}

function post(one: unknown, context: MapContext): Result {
  const id = idOf(one, 'id_str');
  const at = instantOf(one, 'timestamp_ms') ?? dateOf(one, 'created_at');
  if (id === null || at === null) return 'bad_shape';
  const user = fieldOf(one, 'user');
  const share = idOf(fieldOf(one, 'retweeted_status'), 'id_str');
  const quote = idOf(fieldOf(one, 'quoted_status'), 'id_str') ?? idOf(one, 'quoted_status_id_str');
  const reply = idOf(one, 'in_reply_to_status_id_str');
  const kind: Kind = share ? 'share' : quote ? 'quote' : reply ? 'comment' : 'mention';
  const text =
    kind === 'share' ? null : (textOf(fieldOf(one, 'extended_tweet'), 'full_text') ?? textOf(one, 'text'));
  const followers = fieldOf(user, 'followers_count');
  const result = made(
    {
      id: `post/${id}`,
      kind,
      fan: idOf(user, 'id_str'),
      at,
      object: share ?? quote ?? reply ?? id,
      text,
      lang: wordOf(one, 'lang'),
    },
    context,
  );
  const isCount = typeof followers === 'number' && Number.isSafeInteger(followers) && followers >= 0;
  return typeof result === 'string' || !isCount
    ? result
    : { ...result, followers: Math.min(followers, 2_147_483_647) };
}

function deleted(one: unknown, context: MapContext): Result {
  const id = idOf(fieldOf(one, 'status'), 'id');
  const at = instantOf(one, 'timestamp_ms');
  return id === null || at === null ? 'bad_shape' : removal(`post/${id}`, at, context);
}

function removal(id: string, at: number, { now }: MapContext): Result {
  if (checkInstant(at, now)) return 'out_of_time';
  return { id, rev: 2_147_483_647, verb: 'remove', network: 'x', occurredAt: at };
}

function like(one: unknown, context: MapContext, verb: 'add' | 'remove'): Result {
  const object = idOf(fieldOf(one, 'favorited_status'), 'id_str');
  const fan = idOf(fieldOf(one, 'user'), 'id_str');
  const at = instantOf(one, 'timestamp_ms') ?? dateOf(one, 'created_at');
  if (object === null || at === null) return 'bad_shape';
  if (fan === null && verb === 'remove') return 'no_person';
  const id = `like/${object}/${fan === null ? '-' : context.mask(fan)}`;
  return made(
    { id, kind: 'reaction', fan, at, object, text: null, lang: null, reaction: 'like', verb },
    context,
  );
}

function follow(one: unknown, context: MapContext): Result {
  const fan = idOf(fieldOf(one, 'source'), 'id');
  const at = instantOf(one, 'created_timestamp');
  const type = wordOf(one, 'type');
  if (fan === null || at === null) return 'bad_shape';
  if (type !== 'follow' && type !== 'unfollow') return 'unknown_kind';
  const verb = type === 'follow' ? 'add' : 'remove';
  return made(
    {
      id: `follow/${context.mask(fan)}`,
      kind: 'follow',
      fan,
      at,
      object: null,
      text: null,
      lang: null,
      verb,
    },
    context,
  );
}

function revoked(event: unknown, { now }: MapContext): Understood {
  const revoke = fieldOf(event, 'revoke');
  const part = { user_event: event };
  if (revoke === undefined) return unusable('recheck', part);
  const fan = idOf(fieldOf(revoke, 'source'), 'user_id');
  if (fan === null) return unusable('no_person', part);
  const at = endOfSecond(dateOf(revoke, 'date_time') ?? now);
  return { is: 'withdrawal', network: 'x', fan, at: Math.min(now, at), erase: false };
}

interface Made {
  readonly id: string;
  readonly kind: Kind;
  readonly fan: string | null;
  readonly at: number;
  readonly object: string | null;
  readonly text: string | null;
  readonly lang: string | null;
  readonly reaction?: string;
  readonly verb?: 'add' | 'remove';
}

/** Likes and follows can come again: the later word holds. A post's id is given once. */
function made(
  { id, kind, fan, at, object, text, lang, reaction, verb = 'add' }: Made,
  context: MapContext,
): Result {
  if (checkInstant(at, context.now)) return 'out_of_time';
  if (fan !== null && fan === context.account) return 'own_act';
  return {
    ...{
      id,
      kind,
      verb,
      network: 'x',
      occurredAt: at,
      rev: kind === 'reaction' || kind === 'follow' ? at : 0,
    },
    ...(fan === null ? {} : { fan }),
    ...(object === null ? {} : { object }),
    ...(reaction === undefined ? {} : { reaction }),
    ...(text === null ? {} : { text }),
    ...(lang === null || lang.length > 35 ? {} : { lang }),
  };
}

function dateOf(value: unknown, name: string): number | null {
  const text = wordOf(value, name);
  const at = text === null ? Number.NaN : (parseInstant(text) ?? Date.parse(text));
  return Number.isFinite(at) ? at : null;
}
