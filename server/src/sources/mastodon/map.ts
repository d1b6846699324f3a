import {
  checkInstant,
  isSoundText,
  parseInstant,
  type EventBody,
  type Kind,
  type UnusableReason,
} from '@fanfare/contract';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, idOf, textOf, wordOf } from '../fields.ts';
import { brandIn, isBot, isReadable, partsOf, personOf } from './people.ts';
import { plainText } from './text.ts';

/** A removal is the last word about a status: its id is given once. */
const LAST = 2_200_000_000_000_000;
/** Notifications that tell of nothing a fan did to the brand. */
const ABOUT_OTHERS = new Set([
  ...['status', 'update', 'quoted_update', 'poll', 'follow_request', 'severed_relationships'],
  ...['moderation_warning', 'admin.sign_up', 'admin.report', 'annual_report', 'added_to_collection'],
]);

type Result = EventBody | UnusableReason;

/** One event of the stream, or one delivery of an administrator's webhook: `event`, and a payload or object. */
export function mapMastodon(message: unknown, context: MapContext): Understood[] {
  const event = wordOf(message, 'event');
  const payload = fieldOf(message, 'payload') ?? fieldOf(message, 'object');
  if (event === 'account.updated') return [standing(payload, message, context)];
  const result = read(event, payload, context);
  return [typeof result === 'string' ? unusable(result, message) : { is: 'engagement', event: result }];
}

/** A name for an event of the stream that is the same however it is heard of. */
export function nameOf(event: string, payload: unknown): string {
  const status = fieldOf(payload, 'status') ?? payload;
  const words = [idOf(payload, 'id'), idOf(status, 'id'), wordOf(status, 'edited_at')];
  return JSON.stringify([event, typeof payload === 'string' ? payload : words]);
}

function read(event: string | null, payload: unknown, context: MapContext): Result {
  if (event === 'notification') return notification(payload, context);
  if (event === 'delete') return removal(payload, context);
  if (event === 'status.created' || event === 'status.updated' || event === 'status.update')
    return brandIn(payload, context) === null ? 'not_about_fans' : status(payload, null, context);
  if (event === null) return 'bad_shape';
  return event.startsWith('account.') || event.startsWith('report.') ? 'not_about_fans' : 'unknown_kind';
}

function notification(one: unknown, context: MapContext): Result {
  const type = wordOf(one, 'type');
  const at = parseInstant(wordOf(one, 'created_at') ?? '');
  const account = fieldOf(one, 'account');
  if (type === null || at === null) return 'bad_shape';
  if (ABOUT_OTHERS.has(type)) return 'not_about_fans';
  if (type === 'mention' || type === 'quote') return status(fieldOf(one, 'status'), type, context);
  if (type !== 'favourite' && type !== 'reblog' && type !== 'follow') return 'unknown_kind';
  const about = type === 'follow' ? '' : idOf(fieldOf(one, 'status'), 'id');
  if (about === null) return 'bad_shape';
  const kind: Kind = type === 'favourite' ? 'reaction' : type === 'reblog' ? 'share' : 'follow';
  return made({ kind, account, at, rev: at, name: `${type}/${about}`, isPersons: true }, context, {
    ...(about === '' ? {} : { object: about }),
    ...(kind === 'reaction' ? { reaction: 'favourite' } : {}),
  });
}

function status(one: unknown, type: 'mention' | 'quote' | null, context: MapContext): Result {
  const [id, said] = [idOf(one, 'id'), parseInstant(wordOf(one, 'created_at') ?? '')];
  const visibility = wordOf(one, 'visibility');
  if (id === null || said === null || visibility === null) return 'bad_shape';
  if (visibility === 'direct') return 'private_message';
  const account = fieldOf(one, 'account');
  const quoted = fieldOf(one, 'quote');
  const quote = idOf(fieldOf(quoted, 'quoted_status'), 'id') ?? idOf(quoted, 'quoted_status_id');
  const brand = brandIn(one, context);
  const isReply = brand !== null && brand !== '' && idOf(one, 'in_reply_to_account_id') === brand;
  const kind: Kind = type === 'quote' ? 'quote' : isReply ? 'comment' : 'mention';
  const object = kind === 'quote' ? quote : isReply ? idOf(one, 'in_reply_to_id') : null;
  const edited = parseInstant(wordOf(one, 'edited_at') ?? '');
  const html = isReadable(one, account) ? textOf(one, 'content') : null;
  const text = html === null ? '' : plainText(html);
  const lang = wordOf(one, 'language');
  return made({ kind, account, at: said, rev: edited ?? 0, name: id, isPersons: false }, context, {
    ...(edited === null ? {} : { verb: 'edit' }),
    ...(object === null ? {} : { object }),
    ...(text === '' || !isSoundText(text) ? {} : { text }),
    ...(lang === null || !/^[A-Za-z0-9-]{1,35}$/.test(lang) ? {} : { lang }),
  });
}

/** Ids are numbers of one server. */
export function postId(server: string, id: string): string {
  return `${server}/post/${id}`;
}

function removal(payload: unknown, { now, account }: MapContext): Result {
  const id = idOf({ id: payload }, 'id');
  const server = partsOf(account)?.server;
  if (id === null || !server) return 'bad_shape';
  return { id: postId(server, id), rev: LAST, verb: 'remove', network: 'mastodon', occurredAt: now };
}

interface Made {
  readonly kind: Kind;
  readonly account: unknown;
  readonly at: number;
  readonly rev: number;
  readonly name: string;
  /** Has it no id of its own? It is named after who did it then, masked. */
  readonly isPersons: boolean;
}

function made(
  { kind, account, at, rev, name, isPersons }: Made,
  context: MapContext,
  more: Partial<EventBody>,
): Result {
  const fan = personOf(account, context);
  const own = partsOf(context.account);
  if (fan === null || !own) return 'no_person';
  if (fan === `${own.name}@${own.server}`) return 'own_act';
  if (isBot(account)) return 'bot';
  if (checkInstant(at, context.now)) return 'out_of_time';
  const followers = fieldOf(account, 'followers_count');
  const isCount = typeof followers === 'number' && Number.isSafeInteger(followers) && followers >= 0;
  return {
    ...{
      id: isPersons ? `${own.server}/${name}/${context.mask(fan)}` : postId(own.server, name),
      rev,
      verb: 'add',
      network: 'mastodon',
    },
    ...{ kind, fan, occurredAt: at },
    ...(isCount ? { followers: Math.min(followers, 2_147_483_647) } : {}),
    ...more,
  };
}

/** A server's administrator stopped somebody's account, or let it go on. */
function standing(payload: unknown, message: unknown, context: MapContext): Understood {
  const account = fieldOf(payload, 'account');
  const fan = personOf(account ?? payload, context);
  const stopped = ['suspended', 'disabled'].map((name) => fieldOf(payload, name));
  if (!stopped.some((value) => typeof value === 'boolean')) return unusable('not_about_fans', message);
  if (fan === null) return unusable('no_person', message);
  // What a server does about people of other servers is its own affair.
  if (partsOf(fan)?.server !== partsOf(context.account)?.server) return unusable('moderation', message);
  const at = parseInstant(wordOf(message, 'created_at') ?? '') ?? context.now;
  return {
    is: 'rest',
    network: 'mastodon',
    fan,
    at: Math.min(context.now, at),
    resting: stopped.includes(true),
  };
}
