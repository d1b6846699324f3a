import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeletionBody } from '@fanfare/contract';
import { prune } from '@fanfare/server/store/retention.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { metaBodies } from '../support/meta-bodies.ts';
import { SOURCE_CASES } from '../support/source-cases.ts';
import { connectSource, deliver, lookAt } from '../support/source-stage.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000;
const second = now / 1_000;
const [PAGE] = SOURCE_CASES;
const page = PAGE!;
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock: () => now });
});
afterAll(() => app.close());

const connect = (brand: string, fans: readonly string[] = []) =>
  connectSource(app, brand, page, fans, now - 3_600_000);
const engagements = async (brand: string) => (await app.board(brand, '1h')).measures['engagements@1']!.value;
const { change, said, signedRequest } = metaBodies(second);
const callback = async (path: string, signed: string) => {
  const answer = await fetch(app.url + path, {
    method: 'POST',
    body: new URLSearchParams({ signed_request: signed }),
  });
  return { status: answer.status, text: await answer.text() };
};

describe('a Page of Facebook', () => {
  it('is confirmed with the agreed word alone, as plain text', async () => {
    const source = await connect('handshake');
    const { verifyToken } = await lookAt(app, source);
    const ask = (token: string, mode = 'subscribe') =>
      fetch(
        `${app.url}${source.path}?${new URLSearchParams({ 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': '1158201444' }).toString()}`,
      );
    const good = await ask(verifyToken);
    expect([good.status, good.headers.get('content-type'), await good.text()]).toEqual([
      200,
      'text/plain',
      '1158201444',
    ]);
    expect([(await ask('wrong')).status, (await ask(verifyToken, 'unsubscribe')).status]).toEqual([403, 403]);
    expect((await lookAt(app, source)).confirmedAt).not.toBeNull();
  });

  it('is counted change by change, a thousand in one delivery', async () => {
    const fans = Array.from({ length: 50 }, (_, i) => `9${i}`);
    const source = await connect('batch', fans);
    const entry = Array.from({ length: 1_000 }, (_, i) => ({
      id: '1234567890321',
      time: second,
      changes: [{ field: 'feed', value: said(fans[i % 50]!, `1_${i}`) }],
    }));
    expect(await deliver(app, source, JSON.stringify({ object: 'page', entry }))).toBe(200);
    expect(await engagements('batch')).toBe(1_000);
    expect((await lookAt(app, source)).counts).toMatchObject({ deliveries: 1, counted: 1_000 });
  });

  it('keeps what the Page hides, refuses whom nobody names, and forgets what is removed', async () => {
    const source = await connect('feed', ['41', '42']);
    const send = (field: string, value: object, time = second) =>
      deliver(app, source, change(field, value, time));
    await send('feed', said('41', '1_1'));
    await send('feed', {
      item: 'reaction',
      verb: 'add',
      reaction_type: 'love',
      post_id: '1234567890321_1',
      created_time: second - 50,
      from: { id: '42' },
    });
    expect(await engagements('feed')).toBe(2);
    await send('feed', said('41', '1_1', { verb: 'hide' }));
    await send('feed', said('41', '1_1', { verb: 'unhide' }));
    await send('mention', {
      item: 'comment',
      verb: 'add',
      comment_id: '7_7',
      post_id: '1234567890321_7',
      created_time: second - 40,
      message: 'x',
    });
    expect(await engagements('feed')).toBe(2);
    const { counts, letters } = await lookAt(app, source);
    expect(counts).toMatchObject({ counted: 2, refused: 1, unusable: 2 });
    expect(letters.map(({ reason }) => reason)).toEqual(['moderation', 'moderation']);
    // An edit changes the tone, and is still one engagement.
    await send('feed', said('41', '1_1', { verb: 'edited', message: 'bad' }), second + 1);
    expect((await app.board('feed', '1h')).measures['sentiment@1']!.parts).toMatchObject({
      positive: 0,
      negative: 1,
    });
    await send(
      'feed',
      { item: 'comment', verb: 'remove', comment_id: '1_1', post_id: '1234567890321_1' },
      second + 2,
    );
    expect(await engagements('feed')).toBe(1);
    // Numbers beyond 2^53 are ids, digit for digit.
    await app.call('POST', '/brands/feed/consents', {
      network: 'facebook',
      fan: '10201978818232601234',
      purposes: { measure: true },
      at: new Date(now - 1e6).toISOString(),
      age: '18+',
      method: 'form',
      notice: { version: '1', locale: 'fr' },
    });
    const body = change('feed', { item: 'like', verb: 'add', user_id: 0 }).replace(
      '"user_id":0',
      '"user_id":10201978818232601234',
    );
    expect(await deliver(app, source, body)).toBe(200);
    expect(await engagements('feed')).toBe(2);
  });

  it('lets go of whoever leaves the application, in every brand that shares it', async () => {
    const [one, other] = [await connect('leave-one', ['51', '52']), await connect('leave-other', ['51'])];
    for (const source of [one, other]) await deliver(app, source, change('feed', said('51', '1_1')));
    await deliver(app, one, change('feed', said('52', '1_2')));
    const signed = signedRequest({ user_id: '51' }, one.secret);
    expect(
      await callback(
        `${one.path}/deauthorize`,
        signed.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')),
      ),
    ).toMatchObject({ status: 401 });
    expect(await callback(`${one.path}/deauthorize`, signed)).toEqual({ status: 200, text: '' });
    expect([await engagements('leave-one'), await engagements('leave-other')]).toEqual([1, 0]);
    const held = await app.call('POST', '/brands/leave-one/fans/held', { network: 'facebook', fan: '51' });
    expect(held.body).toMatchObject({
      engagements: [],
      consents: [{ granted: true }, ...Array<object>(6).fill({ granted: false, method: 'network' })],
    });
    expect(
      await callback(
        `${one.path}/deauthorize`,
        signedRequest({ profile_id: '1234567890321', user_id: '0' }, one.secret),
      ),
    ).toMatchObject({ status: 200 });
    expect((await lookAt(app, one)).lastError?.code).toBe('account_left');
  });

  it('deletes somebody before it says so, and has a page of what was done', async () => {
    const source = await connect('deletion', ['61']);
    await deliver(app, source, change('feed', said('61', '1_1')));
    const { status, text } = await callback(
      `${source.path}/deletion`,
      signedRequest({ user_id: '61' }, source.secret),
    );
    const receipt = JSON.parse(text) as Record<string, string>;
    expect([status, Object.keys(receipt)]).toEqual([200, ['url', 'confirmation_code']]);
    expect(receipt['confirmation_code']).toMatch(/^[0-9a-f]{32}$/);
    expect(receipt['url']).toBe(`http://localhost:3000/deletion/${receipt['confirmation_code']}`);
    expect(await engagements('deletion')).toBe(0);
    const rows = await app.database
      .sql`select from fan as f join brand as b on b.id = f.brand_id where b.slug = 'deletion'`;
    expect(rows).toHaveLength(0);
    const read = await fetch(`${app.url}/api/v1/deletions/${receipt['confirmation_code']}`);
    expect((await read.json()) as DeletionBody).toEqual({
      brand: 'deletion',
      doneAt: new Date(now).toISOString(),
    });
    expect((await fetch(`${app.url}/api/v1/deletions/${'0'.repeat(32)}`)).status).toBe(404);
  });
});

describe('what is kept of deliveries', () => {
  it('goes after its time: marks after four days, letters after fourteen', async () => {
    const source = await connect('retention');
    await deliver(app, source, page.unknown(second));
    const [brand] = await app.database.sql<{ organisation: number; id: number }[]>`
      select organisation_id as organisation, id from brand where slug = 'retention'`;
    const left = async (days: number) => {
      await prune(app.database.sql, brand!, now + days * 86_400_000);
      const [row] = await app.database.sql<{ marks: number; letters: number }[]>`
        select (select count(*)::int from source_delivery where brand_id = ${brand!.id}) as marks,
          (select count(*)::int from source_letter where brand_id = ${brand!.id}) as letters`;
      return [row!.marks, row!.letters];
    };
    expect([await left(3), await left(5), await left(15)]).toEqual([
      [1, 1],
      [0, 1],
      [0, 0],
    ]);
  });
});
