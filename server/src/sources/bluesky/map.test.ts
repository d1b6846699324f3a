import { describe, expect, it } from 'vitest';
import { mapBluesky, nameOf } from './map.ts';
import { microsOf } from './tid.ts';

const BRAND = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb';
const FAN = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const POST = `at://${BRAND}/app.bsky.feed.post/3mpsjbtci2c2o`;
const OTHER = 'at://did:plc:cccccccccccccccccccccccc/app.bsky.feed.post/3mpsjbtci2c2o';
const time_us = 1_783_175_888_085_434;
const context = { now: time_us / 1_000 + 900, account: BRAND, mask: () => 'masked' };
const said = (collection: string, record: object | null, operation = 'create', rev = '3mptbypluud2a') => ({
  ...{ did: FAN, time_us, kind: 'commit' },
  commit: { rev, operation, collection, rkey: '3mptbyplj5d2a', ...(record ? { record } : {}) },
});
const like = (uri: string) => ({
  $type: 'app.bsky.feed.like',
  createdAt: '2026-07-04T14:38:08.000Z',
  subject: { cid: 'bafy', uri },
});
const post = (more: object) => ({
  createdAt: '2026-07-04T14:38:07.000Z',
  text: 'Bravo',
  langs: ['fr'],
  ...more,
});
const map = (message: unknown) => mapBluesky(message, context);
const event = (message: unknown) => {
  const [one] = map(message);
  return one?.is === 'engagement' ? one.event : one;
};

describe('a message of Jetstream', () => {
  it('is what somebody did to the brand, named after them masked', () => {
    expect(event(said('app.bsky.feed.like', like(POST)))).toEqual({
      ...{ id: 'like/masked/3mptbyplj5d2a', network: 'bluesky', fan: FAN, kind: 'reaction', verb: 'add' },
      ...{ object: POST, reaction: 'like', occurredAt: Date.parse('2026-07-04T14:38:08.000Z') },
      rev: microsOf('3mptbypluud2a'),
    });
    const repost = { ...like(POST), via: { uri: OTHER } };
    expect(event(said('app.bsky.feed.repost', repost))).toMatchObject({ kind: 'share', object: POST });
    const follow = { createdAt: '2026-07-04T14:38:08.000Z', subject: BRAND };
    expect(event(said('app.bsky.graph.follow', follow))).toMatchObject({ kind: 'follow' });
  });

  it.each([
    ['comment', { reply: { root: { uri: OTHER }, parent: { uri: POST } } }],
    ['comment', { reply: { root: { uri: POST }, parent: { uri: OTHER } } }],
    [
      'quote',
      { embed: { $type: 'app.bsky.embed.record', record: { uri: POST } }, reply: { parent: { uri: POST } } },
    ],
    ['quote', { embed: { $type: 'app.bsky.embed.recordWithMedia', record: { record: { uri: POST } } } }],
    ['mention', { facets: [{ features: [{ $type: 'app.bsky.richtext.facet#mention', did: BRAND }] }] }],
  ])('is a %s', (kind, more) => {
    expect(event(said('app.bsky.feed.post', post(more)))).toMatchObject({ kind, text: 'Bravo', lang: 'fr' });
  });

  it('is nothing when it is about somebody else, by the brand itself, or of another collection', () => {
    const own = { ...said('app.bsky.feed.like', like(POST)), did: BRAND };
    const group = said('app.bsky.actor.profile', {});
    const other = [said('app.bsky.feed.like', like(OTHER)), said('app.bsky.feed.post', post({})), own, group];
    for (const message of [...other, { did: FAN, kind: 'identity', time_us }])
      expect(map(message)).toEqual([]);
  });

  it('removes by its name alone, and what is not about the brand any more', () => {
    const removal = {
      id: 'post/masked/3mptbyplj5d2a',
      verb: 'remove',
      occurredAt: Math.floor(time_us / 1_000),
    };
    expect(event(said('app.bsky.feed.post', null, 'delete', '3mptbypuw3t2q'))).toMatchObject(removal);
    expect(event(said('app.bsky.feed.post', post({}), 'update'))).toMatchObject(removal);
    const later = microsOf('3mptbypuw3t2q')!;
    expect(later).toBeGreaterThan(microsOf('3mptbypluud2a')!);
  });

  it('erases who is deleted, and lets rest who is stopped until they are back', () => {
    const told = (account: object) => map({ did: FAN, time_us, kind: 'account', account });
    const at = Date.parse('2026-07-04T14:38:07.877Z');
    const time = '2026-07-04T14:38:07.877Z';
    expect(told({ active: false, status: 'deleted', time })).toEqual([
      { is: 'withdrawal', network: 'bluesky', fan: FAN, at: context.now, erase: true },
    ]);
    for (const status of ['takendown', 'deactivated', 'suspended'])
      expect(told({ active: false, status, time })).toEqual([
        { is: 'rest', network: 'bluesky', fan: FAN, at, resting: true },
      ]);
    expect(told({ active: true, time })).toMatchObject([{ is: 'rest', at, resting: false }]);
    expect(told({ active: false, status: 'throttled', time })).toMatchObject([{ reason: 'recheck' }]);
  });

  it('never throws, takes no instant of a clock that is ahead, and no revision of one that is far off', () => {
    for (const message of [null, 7, 'x', [], {}, { did: FAN }, { did: FAN, kind: 'commit', commit: [] }])
      expect(() => map(message)).not.toThrow();
    const ahead = { ...like(POST), createdAt: '2099-01-01T00:00:00Z' };
    expect(event(said('app.bsky.feed.like', ahead))).toMatchObject({
      occurredAt: Math.floor(time_us / 1_000),
    });
    const odd = said('app.bsky.feed.like', like(POST), 'create', 'jzzzzzzzzzzzz');
    expect(event(odd)).toMatchObject({ reason: 'bad_shape' });
  });

  it('has one name however often and from wherever it comes, and another for each revision', () => {
    const one = said('app.bsky.feed.like', like(POST));
    expect(nameOf({ ...one, time_us: 1 })).toBe(nameOf(one));
    expect(nameOf(said('app.bsky.feed.like', null, 'delete', '3mptbypuw3t2q'))).not.toBe(nameOf(one));
  });
});
