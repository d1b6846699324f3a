import { describe, expect, it } from 'vitest';
import { mapMastodon } from './map.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const context = { now, account: 'maison@social.example', mask: () => 'masked' };
const account = { id: '9', acct: 'Ada@Elsewhere.example', bot: false, followers_count: 12 };
const made = { created_at: '2026-11-22T09:59:00.000Z', account };
const status = {
  ...{
    id: '77',
    visibility: 'public',
    language: 'fr',
    edited_at: null,
    content: '<p>Bravo <b>&amp;</b> merci</p>',
  },
  ...{ ...made, mentions: [{ id: '1', acct: 'maison' }] },
};
const read = (event: string, payload: unknown) => {
  const [one] = mapMastodon({ event, payload }, context);
  return one?.is === 'engagement' ? one.event : one?.is === 'unusable' ? one.reason : one;
};
const notified = (type: string, more: object = {}) =>
  read('notification', { id: '5', type, ...made, ...more });

describe('an event of Mastodon', () => {
  it('is what somebody did to the brand, under the name that proofs have', () => {
    const common = { network: 'mastodon', fan: 'ada@elsewhere.example', followers: 12, verb: 'add' };
    const at = Date.parse(made.created_at);
    expect(notified('favourite', { status: { id: '55' } })).toEqual({
      ...{ ...common, kind: 'reaction', reaction: 'favourite', object: '55', occurredAt: at, rev: at },
      id: 'social.example/favourite/55/masked',
    });
    expect(notified('reblog', { status: { id: '55' } })).toMatchObject({ kind: 'share', object: '55' });
    expect(notified('follow')).toMatchObject({ kind: 'follow', id: 'social.example/follow//masked' });
    expect(notified('mention', { status })).toMatchObject({
      ...{
        ...common,
        kind: 'mention',
        id: 'social.example/post/77',
        text: 'Bravo & merci',
        lang: 'fr',
        rev: 0,
      },
    });
    const reply = { ...status, in_reply_to_id: '55', in_reply_to_account_id: '1' };
    expect(notified('mention', { status: reply })).toMatchObject({ kind: 'comment', object: '55' });
    const quote = { ...status, quote: { state: 'accepted', quoted_status: { id: '56' } } };
    expect(notified('quote', { status: quote })).toMatchObject({ kind: 'quote', object: '56' });
    const near = { ...made, account: { ...account, acct: 'bo' } };
    expect(notified('follow', near)).toMatchObject({ fan: 'bo@social.example' });
  });

  it('is not taken when it is direct, and not read for its tone when it is not public', () => {
    expect(notified('mention', { status: { ...status, visibility: 'direct' } })).toBe('private_message');
    for (const visibility of ['unlisted', 'private'])
      expect(notified('mention', { status: { ...status, visibility } })).not.toHaveProperty('text');
    for (const wish of [{ noindex: true }, { indexable: false }, { discoverable: false }]) {
      const shy = { ...status, account: { ...account, ...wish } };
      expect(notified('mention', { status: shy })).not.toHaveProperty('text');
    }
    const unknown = { ...status, account: { ...account, discoverable: null } };
    expect(notified('mention', { status: unknown })).toHaveProperty('text');
  });

  it('is refused of machines, of the brand itself, and of things that are about nobody', () => {
    expect(notified('follow', { account: { ...account, bot: true } })).toBe('bot');
    expect(notified('follow', { account: { ...account, acct: 'Maison' } })).toBe('own_act');
    expect(notified('follow', { account: {} })).toBe('no_person');
    expect(notified('poll')).toBe('not_about_fans');
    expect(notified('novelty')).toBe('unknown_kind');
  });

  it('edits by a later revision, and removes for good', () => {
    const edited = { ...status, edited_at: '2026-11-22T09:59:30.000Z', content: 'Bof' };
    const edit = read('status.update', edited) as { rev: number; verb: string };
    expect(edit).toMatchObject({ verb: 'edit', text: 'Bof' });
    const removal = read('delete', '77') as { rev: number };
    expect(removal).toMatchObject({ id: 'social.example/post/77', verb: 'remove' });
    expect(removal.rev).toBeGreaterThan(edit.rev);
    expect(Number.isSafeInteger(removal.rev * 4 + 2)).toBe(true);
    expect(read('status.updated', { ...status, mentions: [] })).toBe('not_about_fans');
  });

  it('lets an account rest that an administrator stopped, and reads neither e-mail nor address', () => {
    const told = (suspended: boolean) => ({
      ...{ id: '9', username: 'ada', email: 'a@x', ip: '203.0.113.9', suspended },
      account: { ...account, acct: 'ada' },
    });
    const [one] = mapMastodon(
      { event: 'account.updated', created_at: made.created_at, object: told(true) },
      context,
    );
    const at = Date.parse(made.created_at);
    expect(one).toEqual({ is: 'rest', network: 'mastodon', fan: 'ada@social.example', at, resting: true });
    expect(read('account.updated', told(false))).toMatchObject({ is: 'rest', resting: false });
    const remote = { ...told(true), account: { ...account, acct: 'ada@elsewhere.example' } };
    expect(read('account.updated', remote)).toBe('moderation');
    expect(read('account.created', told(false))).toBe('not_about_fans');
  });

  it('never throws', () => {
    for (const message of [null, 7, [], {}, { event: 'notification' }, { event: 'delete', payload: {} }])
      expect(() => mapMastodon(message, context)).not.toThrow();
  });
});
