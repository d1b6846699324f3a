import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { Follower } from '../support/follower.ts';
import { TRANSPORTS, connect, isChange, isWatching, type LiveClient } from '../support/live-client.ts';
import { Words, textsOf } from '../support/words.ts';

/** By then words that were taken back must be gone, milliseconds. */
const WITHIN = 5_000;
const DAY = 86_400_000;

describe.each(TRANSPORTS)('words over %s', (transport) => {
  let app: TestApp;
  let words: Words;
  let shift = 0;
  const now = () => Date.now() + shift;
  const open: LiveClient[] = [];
  const follow = async (place = {}) => {
    const live = await connect(transport, app.url);
    open.push(live);
    const follower = new Follower();
    live.listen((message) => follower.take(message));
    live.watch(words.brand, '1h', place);
    return { live, follower, answer: await live.next(isWatching) };
  };
  const reads = async ({ board }: Follower, expected: string[]) =>
    expect(board && textsOf(board)).toEqual(expected);
  const until = async (follower: Follower, ...expected: string[]) => {
    await expect.poll(() => follower.board && textsOf(follower.board), { timeout: WITHIN }).toEqual(expected);
    // What REST gives may be a frame ahead: it never shows other words.
    expect(textsOf(await app.board(words.brand, '1h'))).toEqual(expected);
  };

  beforeAll(async () => {
    app = await startApp({ clock: now });
    words = new Words(app, await app.makeBrand(`words-${transport}`), now);
    await Promise.all(['ada', 'bo', 'cleo', 'dov'].map((fan) => words.agree(fan)));
  });
  afterAll(async () => {
    for (const one of open) one.close();
    await app.close();
  });

  it('appear, change and go with the next frame', async () => {
    const { follower } = await follow();
    await words.say('ada', 'a', 'said by ada');
    await until(follower, 'said by ada');
    await words.say('ada', 'a', 'said better', { verb: 'edit', rev: 1 });
    await until(follower, 'said better');
    const remove = { network: 'facebook', verb: 'remove', rev: 2, occurredAt: new Date(now()).toISOString() };
    await app.call('POST', `/brands/${words.brand}/events`, { ...remove, id: 'a' });
    await until(follower);
    expect(follower.board).not.toHaveProperty('excerpts');
    expect(follower).toMatchObject({ gaps: 0, repeats: 0, boards: 1 });
  });

  it('go from open screens when their fan withdraws quote, withdraws measure, or is erased', async () => {
    const { follower } = await follow();
    const leave = {
      ada: () => words.withdraw('ada', ['quote']),
      bo: () => words.withdraw('bo', ['measure']),
      cleo: () => words.erase('cleo'),
    };
    const said = Object.keys(leave).map((fan) => `said by ${fan}`);
    for (const fan of Object.keys(leave)) await words.say(fan, `of ${fan}`, `said by ${fan}`);
    await until(follower, ...said.toReversed());
    for (const [fan, go] of Object.entries(leave)) {
      await go();
      said.splice(said.indexOf(`said by ${fan}`), 1);
      await until(follower, ...said.toReversed());
    }
    expect(follower).toMatchObject({ gaps: 0, repeats: 0 });
  });

  it('go by themselves after 30 days', async () => {
    const { follower } = await follow();
    await words.say('dov', 'first', 'a month ago');
    await words.say('dov', 'second', 'not so long ago', {
      occurredAt: new Date(now() + 60_000).toISOString(),
    });
    await until(follower, 'not so long ago', 'a month ago');
    shift += 30 * DAY;
    await until(follower, 'not so long ago');
    shift += 2 * 60_000;
    await until(follower);
  });

  it('are never sent again to whoever comes back after they were taken back', async () => {
    const witness = await follow();
    await words.agree('eve');
    const { live, follower } = await follow();
    await live.next(isChange);
    live.drop();
    await words.say('eve', 'e', 'a canary sings');
    await words.say('dov', 'd', 'nothing special');
    await until(witness.follower, 'nothing special', 'a canary sings');
    await words.withdraw('eve', ['quote']);
    await until(witness.follower, 'nothing special');
    const back = await follow(follower.place);
    expect(back.answer.mode).toBe('backlog');
    back.follower.board = follower.board;
    for (let i = 0; i < back.answer.frames; i++) back.follower.take(await back.live.next(isChange));
    expect(JSON.stringify(back.live.messages)).not.toContain('canary');
    await reads(back.follower, ['nothing special']);
    expect(back.follower.board).toEqual(witness.follower.board);
    const fresh = await follow({ epoch: 'another', seq: 1 });
    await fresh.live.next(isChange);
    await reads(fresh.follower, ['nothing special']);
  });
});
