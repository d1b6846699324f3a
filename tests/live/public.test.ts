import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS, type Board } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { LiveExcerpts } from '@fanfare/server/domain/excerpts/live.ts';
import { ChangedFans } from '@fanfare/server/domain/release/republish.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { Hub, type Transport } from '@fanfare/server/live/hub.ts';
import { Session } from '@fanfare/server/live/session.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';

const T0 = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

/** A hub with one brand, and what its channels were sent. */
function aBrand(fans: number) {
  let now = T0;
  const [counts, changes] = [new BrandWindows(now), new ChangedFans()];
  const [excerpts, silent] = [new LiveExcerpts(), new Set<number>()];
  let made = 0;
  const act = (fan: number) => {
    const key = (++made).toString(16).padStart(8, '0').padEnd(32, '0');
    const nothing = {
      object: '',
      owner: -1,
      followers: -1,
      reaction: '',
      model: '',
      campaign: '',
      language: '',
    };
    const about = { key, id: `e${made}`, rev: 0, network: 0, kind: KINDS.indexOf('comment'), label: 0 };
    counts.record(null, { ...about, ...nothing, fan, occurredAt: now });
    changes.add(fan);
  };
  for (let fan = 0; fan < fans; fan++) act(fan);
  const hub = new Hub({ clock: () => now, release: { audience: 'team', k: 10 }, epoch: () => 'e' });
  const sent: string[] = [];
  const transport: Transport = {
    publish: (channel, window, { frame }) => sent.push(`${channel} ${window} ${frame.type} ${frame.seq}`),
    heartbeat: () => undefined,
    drop: (channel) => sent.push(`${channel} gone`),
  };
  hub.attach(transport);
  const source = { slug: 'maison', demonstration: false, committing: false, changes };
  hub.add({
    ...source,
    advance: (at) => counts.advance(at),
    excerpts: (at) => excerpts.review((fan) => (silent.has(fan) ? 0 : 3), at),
    read: (window, at, k) => readBoard(counts, window, at, 0, k),
  });
  const reach = () => hub.publicBoard('maison', '1h')!.measures['reach.active@1']!.value;
  const say = (fan: number, text: string, purposes: number) => {
    const key = (++made).toString(16).padStart(8, '0').repeat(4);
    const about = { key, fan, at: now, network: 0, kind: 1, object: '', label: 1 };
    excerpts.record([], [{ ...about, purposes, text }]);
  };
  const wait = (ms: number) => (now += ms);
  return { hub, sent, act, say, silence: (fan: number) => silent.add(fan), reach, wait, clock: () => now };
}

describe('what the public is shown', () => {
  it('stands still until five distinct fans changed, whichever window is asked for and however often', () => {
    const { hub, act, reach, wait } = aBrand(94);
    expect(reach()).toBe(90);
    for (const fan of [100, 101, 102, 103, 103, 103]) act(fan);
    wait(2_000);
    expect(reach()).toBe(90);
    expect(hub.publicBoard('maison', '5m')!.measures['reach.active@1']!.value).toBe(90);
    for (const fan of [104, 105, 106, 107]) act(fan);
    expect(reach()).toBe(100);
    hub.close();
  });

  it('is renewed after 15 minutes, and hides whatever is about too few by then', () => {
    const { hub, reach, wait } = aBrand(60);
    expect(reach()).toBe(60);
    wait(15 * MINUTE - 1);
    const early = hub.publicBoard('maison', '5m')!;
    wait(1);
    const late = hub.publicBoard('maison', '5m')!;
    expect([early.asOf, early.measures['reach.active@1']!.value]).toEqual(['2026-03-01T12:00:00.000Z', 60]);
    expect([late.asOf, late.measures['reach.active@1']!.value]).toEqual(['2026-03-01T12:15:00.000Z', 0]);
    expect(reach()).toBe(60);
    hub.close();
  });

  it('goes to viewers of the public alone, who are not asked what they are', () => {
    const { hub, sent, act, wait, clock } = aBrand(94);
    const watch = { type: 'watch', brand: 'maison', window: '1h', audience: 'team' };
    const follow = (audience: 'team' | 'public') => {
      const session = new Session(
        hub,
        { audience, words: true, enter: () => () => undefined, mayRead: () => 'yes' },
        clock,
      );
      const reaction = session.receive(watch);
      if (reaction.do !== 'follow') throw new Error(reaction.do);
      return { session, reaction, board: reaction.catchup.frames[0]!.frame as Board };
    };
    const [team, open] = [follow('team'), follow('public')];
    expect([team.reaction.channel, team.board.audience]).toEqual(['maison', 'team']);
    expect([open.reaction.channel, open.board.audience]).toEqual(['maison/public', 'public']);
    expect([team.board, open.board].map((board) => board.measures['reach.active@1']!.value)).toEqual([
      94, 90,
    ]);
    for (const fan of [100, 101, 102, 103, 104, 105, 106]) act(fan);
    wait(1_000);
    hub.publicBoard('maison', '1h');
    expect(sent.filter((line) => line.startsWith('maison/public 1h'))).toEqual(['maison/public 1h delta 2']);
    open.session.end();
    hub.remove('maison');
    expect(sent.slice(-2)).toEqual(['maison gone', 'maison/public gone']);
    hub.close();
  });
});

describe('the words the public is shown', () => {
  const heard = (board: Board) => board.excerpts?.map(({ text, purpose }) => `${purpose}: ${text}`);
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('are those for walls alone, and come and go without a change of the numbers', async () => {
    const { hub, sent, act, say, silence, clock } = aBrand(94);
    const first = hub.publicBoard('maison', '1h')!;
    expect(first).not.toHaveProperty('excerpts');
    for (const fan of [1, 2]) act(fan);
    say(1, 'for the wall', 2);
    say(2, 'for the team', 1);
    say(3, 'for both', 3);
    await sleep(1_050);
    const spoken = hub.publicBoard('maison', '1h')!;
    expect(heard(spoken)).toEqual(['wall: for both', 'wall: for the wall']);
    const { excerpts: _words, ...numbers } = spoken;
    expect(numbers).toEqual({ ...first, seq: first.seq + 1 });
    expect(heard((await hub.board('maison', '1h'))!)).toEqual(['quote: for both', 'quote: for the team']);

    const session = new Session(
      hub,
      { audience: 'public', words: true, enter: () => () => undefined, mayRead: () => 'yes' },
      clock,
    );
    const { seq, epoch } = spoken;
    session.receive({ type: 'watch', brand: 'maison', window: '1h' });
    silence(3);
    hub.publicBoard('maison', '1h');
    await sleep(1_050);
    sent.length = 0;
    expect(heard(hub.publicBoard('maison', '5m')!)).toEqual(['wall: for the wall']);
    expect(sent).toContain(`maison/public 1h delta ${seq + 1}`);
    const back = session.receive({ type: 'watch', brand: 'maison', window: '1h', epoch, seq });
    if (back.do !== 'follow') throw new Error(back.do);
    expect(back.catchup.frames.map(({ frame }) => frame.type)).toEqual(['delta']);
    expect(back.catchup.frames[0]!.frame.excerpts).toMatchObject({
      whole: true,
      added: [{ text: 'for the wall' }],
    });
    hub.close();
  });
});

describe('GET /brands/:brand/public-board', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ k: 10 });
    await app.makeBrand('maison');
    const fans = new Fans(app, 'maison');
    await fans.consent(64);
    await fans.act(512, 64);
  });
  afterAll(() => app.close());

  it('is coarse, says whose it is, and does not follow one fan who leaves', async () => {
    const read = async () => (await app.call('GET', '/brands/maison/public-board?window=1h')).body as Board;
    const first = await read();
    expect([first.audience, first.k]).toEqual(['public', 10]);
    for (const { n } of Object.values(first.measures)) expect((n ?? 0) % 10).toBe(0);
    await app.call('POST', '/brands/maison/fans/withdraw', { network: 'facebook', fan: 'f0' });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await read()).toEqual(first);
    const team = (await app.call('GET', '/brands/maison/board?window=1h')).body as Board;
    expect(team.audience).toBe('team');
  });
});
