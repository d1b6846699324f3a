import { checkInstant, type EventBody, type Kind, type UnusableReason, type Verb } from '@fanfare/contract';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, idOf, instantOf, textOf, wordOf } from '../fields.ts';
import { changesOf, mapPermissions, type Change } from './envelope.ts';

const VERBS: Readonly<Record<string, Verb>> = { add: 'add', edit: 'edit', edited: 'edit', remove: 'remove' };
/** What whoever runs the Page does to what others said. A voice stays a voice: no number changes. */
const MODERATION = new Set(['hide', 'unhide', 'block', 'unblock', 'mute', 'unmute']);
const POSTS = new Set(['post', 'status', 'photo', 'video', 'album', 'note', 'link', 'story']);
/** Settings of the Page, and things that are no acts of fans on it. */
const SETTINGS = new Set([
  ...['about', 'affiliation', 'artists_we_like', 'attire', 'awards', 'band_interests', 'band_members', 'bio'],
  ...[
    'birthday',
    'booking_agent',
    'category',
    'checkins',
    'company_overview',
    'culinary_team',
    'current_location',
  ],
  ...[
    'description',
    'email',
    'features',
    'founded',
    'general_info',
    'general_manager',
    'genre',
    'hometown',
    'hours',
  ],
  ...[
    'influences',
    'invalid_access_token',
    'leadgen',
    'leadgen_fat',
    'live_videos',
    'location',
    'members',
    'mission',
  ],
  ...[
    'name',
    'page_change_proposal',
    'page_upcoming_change',
    'parking',
    'payment_options',
    'personal_info',
    'phone',
  ],
  ...['picture', 'price_range', 'product_review', 'products', 'public_transit', 'videos', 'website'],
]);
/** A comment or a post that was removed does not come back under its id, whatever is sent late. */
const FOR_GOOD = 2_147_483_647;

/** A delivery of the `page`, `permissions` or `user` topic, change by change. */
export function mapPage(body: unknown, context: MapContext): Understood[] {
  const object = wordOf(body, 'object');
  if (object === 'permissions') return mapPermissions(body, context.now, ['facebook']);
  if (object === null) return [unusable('bad_shape', body)];
  const changes = changesOf(body, object);
  if (changes.length === 0) return [unusable('bad_shape', body)];
  return changes.map((change) => {
    if (object === 'user') return unusable('not_about_fans', change.part);
    const result = object === 'page' ? mapChange(change, context) : 'unknown_kind';
    return typeof result === 'string' ? unusable(result, change.part) : { is: 'engagement', event: result };
  });
}

function mapChange(change: Change, context: MapContext): EventBody | UnusableReason {
  const { field, value, account, sentAt } = change;
  if (field === 'messaging' || field === 'standby' || field.startsWith('messag')) return 'private_message';
  if (SETTINGS.has(field) || wordOf(value, 'item') === 'event') return 'not_about_fans';
  if (field !== 'feed' && field !== 'ratings' && field !== 'mention') return 'unknown_kind';
  if (context.account !== null && account !== null && account !== context.account) return 'other_account';
  const [verbWord, item] = [wordOf(value, 'verb') ?? '', wordOf(value, 'item') ?? ''];
  if (MODERATION.has(verbWord)) return 'moderation';
  const verb = Object.hasOwn(VERBS, verbWord) ? VERBS[verbWord]! : null;
  const at = instantOf(value, 'created_time') ?? sentAt;
  if (verb === null) return 'unknown_kind';
  if (at === null || sentAt === null) return 'bad_shape';
  if (checkInstant(at, context.now)) return 'out_of_time';
  const isOwn = personOf(value) !== null && personOf(value) === context.account;
  if (isOwn && verb !== 'remove') return 'own_act';
  // What the Page takes away was somebody else's: its id tells whose.
  const person = isOwn ? null : personOf(value);
  const act = actOf(field, item, value, change, person === null ? null : context.mask(person));
  if (typeof act === 'string') return act;
  const rev = verb === 'remove' && act.unique ? FOR_GOOD : Math.floor(sentAt / 1_000);
  const { id, kind, object, reaction, text } = act;
  return {
    ...{ id, rev, verb, kind, network: 'facebook', occurredAt: at },
    ...(person === null ? {} : { fan: person }),
    ...(object === null ? {} : { object }),
    ...(reaction === null ? {} : { reaction }),
    ...(verb === 'remove' || text === null ? {} : { text }),
  };
}

interface Act {
  readonly id: string;
  readonly kind: Kind;
  readonly object: string | null;
  readonly reaction: string | null;
  readonly text: string | null;
  /** Its id is given once for ever; others are named after person and object, and may come again. */
  readonly unique: boolean;
}

function actOf(
  field: string,
  item: string,
  value: unknown,
  { account }: Change,
  person: string | null,
): Act | UnusableReason {
  const comment = idOf(value, 'comment_id');
  const post = objectOf(
    idOf(value, 'post_id') ?? idOf(value, 'album_id') ?? idOf(value, 'video_id'),
    account,
  );
  const object = post ?? objectOf(idOf(value, 'open_graph_story_id'), account);
  const text = textOf(value, 'message') ?? textOf(value, 'review_text');
  const said = { object, reaction: null, text, unique: true };
  if (field === 'mention') {
    const id = comment ?? post;
    return id === null ? 'bad_shape' : { ...said, id: `mention/${id}`, kind: 'mention' };
  }
  if (item === 'comment')
    return comment === null ? 'bad_shape' : { ...said, id: `comment/${comment}`, kind: 'comment' };
  if (item === 'rating') {
    const story = idOf(value, 'open_graph_story_id');
    return story === null ? 'bad_shape' : { ...said, id: `rating/${story}`, kind: 'comment' };
  }
  if (item === 'share') return post === null ? 'bad_shape' : { ...said, id: `share/${post}`, kind: 'share' };
  if (POSTS.has(item)) return post === null ? 'bad_shape' : { ...said, id: `post/${post}`, kind: 'mention' };
  if (item !== 'like' && item !== 'reaction') return 'unknown_kind';
  const on = comment ?? object;
  // Without its person nobody can tell whose reaction it is that goes; one that comes is refused, and counted.
  if (person === null && wordOf(value, 'verb') !== 'add') return 'no_person';
  const whose = { object: on, text: null, unique: false };
  if (on === null) return { ...whose, id: `follow/${person ?? '-'}`, kind: 'follow', reaction: null };
  const reaction = item === 'like' ? 'like' : wordOf(value, 'reaction_type');
  return {
    ...whose,
    id: `reaction/${on}/${person ?? '-'}`,
    kind: 'reaction',
    reaction: reaction?.slice(0, 32) ?? null,
  };
}

/** Who did it: `from` since 2.11, before that the sender; a review has its reviewer. */
function personOf(value: unknown): string | null {
  const from = idOf(fieldOf(value, 'from'), 'id');
  return from ?? idOf(value, 'sender_id') ?? idOf(value, 'reviewer_id') ?? idOf(value, 'user_id');
}

/** A post's id without whom it begins with, when that is not the Page: it would name a person. */
function objectOf(post: string | null, account: string | null): string | null {
  if (post === null || !post.includes('_')) return post;
  const [owner, ...rest] = post.split('_');
  return owner === account ? post : rest.join('_') || null;
}
