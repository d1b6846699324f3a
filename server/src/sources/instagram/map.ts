import { checkInstant, type EventBody, type UnusableReason } from '@fanfare/contract';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, idOf, textOf, wordOf } from '../fields.ts';
import { changesOf, mapPermissions, type Change } from '../meta/envelope.ts';

/** A delivery of the `instagram` or `permissions` topic, change by change. */
export function mapInstagram(body: unknown, context: MapContext): Understood[] {
  const object = wordOf(body, 'object');
  if (object === 'permissions') return mapPermissions(body, context.now, ['instagram', 'facebook']);
  if (object === null) return [unusable('bad_shape', body)];
  const changes = changesOf(body, object);
  if (changes.length === 0) return [unusable('bad_shape', body)];
  return changes.map((change) => {
    const result = object === 'instagram' ? mapChange(change, context) : 'unknown_kind';
    return typeof result === 'string' ? unusable(result, change.part) : { is: 'engagement', event: result };
  });
}

function mapChange(
  { field, value, account, sentAt }: Change,
  context: MapContext,
): EventBody | UnusableReason {
  if (field === 'messaging' || field === 'standby' || field.startsWith('messag')) return 'private_message';
  if (field === 'story_insights') return 'one_post_figure';
  if (field !== 'comments' && field !== 'live_comments' && field !== 'mentions') return 'unknown_kind';
  if (context.account !== null && account !== null && account !== context.account) return 'other_account';
  // No comment tells when it was made: it is sent as it is made.
  if (sentAt === null) return 'bad_shape';
  if (checkInstant(sentAt, context.now)) return 'out_of_time';
  const media = idOf(fieldOf(value, 'media'), 'id') ?? idOf(value, 'media_id');
  const common = {
    ...({ rev: 0, verb: 'add', network: 'instagram', occurredAt: sentAt } as const),
    ...(media === null ? {} : { object: media }),
  };
  if (field === 'mentions') {
    // Ids alone: nobody can be told, so the gate refuses and counts it.
    const id = idOf(value, 'comment_id') ?? media;
    return id === null ? 'bad_shape' : { ...common, id: `mention/${id}`, kind: 'mention' };
  }
  const id = idOf(value, 'id') ?? idOf(value, 'comment_id');
  if (id === null) return 'bad_shape';
  const fan = idOf(fieldOf(value, 'from'), 'id');
  if (fan !== null && fan === context.account) return 'own_act';
  const text = textOf(value, 'text');
  return {
    ...common,
    ...{ id: `comment/${id}`, kind: 'comment' },
    ...(fan === null ? {} : { fan }),
    ...(text === null ? {} : { text }),
  };
}
