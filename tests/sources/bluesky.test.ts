import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceDetail } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { needData } from '../support/data.ts';
import { FakeJetstream } from '../support/fake-jetstream.ts';
import type { Act } from '../support/source-cases.ts';
import { STREAM_CASES, allow, commitOf, didOf, standingOf } from '../support/stream-cases.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000 + 500;
const second = Math.floor(now / 1_000);
const clock = () => now;
const SOON = { timeout: 20_000, interval: 25 };

describe('Bluesky', () => {
  const [ADA, BEN, BRAND] = [didOf('f', 1), didOf('f', 2), didOf('z')];
  const bluesky = STREAM_CASES[0]!;
  let fake: FakeJetstream;
  let app: TestApp;
  const options = () => ({ clock, chance: () => 0.1, env: { JETSTREAM_URL: fake.url } });
  beforeAll(async () => {
    fake = await FakeJetstream.start(clock);
    app = await startApp(options());
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
  });
  const count = async (brand: string) => (await app.board(brand, '1h')).measures['engagements@1']!.value;
  const like = (fan: string, object = '5'): Act => ({ do: 'like', fan, object, second: second - 60 });
  let micros = now * 1_000;
  const connect = async (brand: string, fans: readonly string[]) => {
    await app.makeBrand(brand);
    await allow(app, brand, bluesky, fans, now - 3_600_000);
    const draft = { connector: 'bluesky', name: 'B', account: BRAND };
    expect((await app.call('POST', `/brands/${brand}/sources`, draft)).status).toBe(201);
  };

  it('asks for nobody until somebody consents, then for them alone, and not for who withdrew', async () => {
    await connect('alone', []);
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect(fake.connections).toBe(0);
    await allow(app, 'alone', bluesky, [ADA, BEN], now - 3_600_000);
    await expect.poll(() => [...fake.wanted].sort(), SOON).toEqual([ADA, BEN].sort());
    await app.call('POST', '/brands/alone/fans/withdraw', {
      network: 'bluesky',
      fan: BEN,
      purposes: ['measure'],
    });
    await expect.poll(() => [...fake.wanted], SOON).toEqual([ADA]);
    await app.call('POST', '/brands/alone/fans/erase', { network: 'bluesky', fan: ADA });
    await expect.poll(() => fake.open, SOON).toBe(0);
    expect([fake.bad, [...fake.asked].sort()]).toEqual([[], [ADA, BEN].sort()]);
  });

  it('leaves an account that rests out of every number, and takes it back as it was', async () => {
    await connect('rests', [ADA, BEN]);
    await expect.poll(() => fake.wanted.has(ADA), SOON).toBe(true);
    fake.tell(commitOf(BRAND, like(ADA), ++micros));
    fake.tell(commitOf(BRAND, like(ADA, '6'), ++micros));
    fake.tell(commitOf(BRAND, like(BEN), ++micros));
    await expect.poll(() => count('rests'), SOON).toBe(3);
    const before = await app.board('rests', '1h');
    fake.tell(standingOf(ADA, now - 5_000, 'takendown'));
    await expect.poll(() => count('rests'), SOON).toBe(1);
    // A word of before changes nothing, what they remove meanwhile stays removed, and they stay wanted.
    fake.tell(standingOf(ADA, now - 6_000, null));
    fake.tell(commitOf(BRAND, { ...like(ADA, '6'), do: 'unlike' }, ++micros));
    expect(await count('rests')).toBe(1);
    await app.app.close();
    app = await startApp({ ...options(), database: app.database });
    await expect.poll(() => fake.wanted.has(ADA), SOON).toBe(true);
    expect(await count('rests')).toBe(1);
    fake.tell(standingOf(ADA, now - 4_000, null));
    await expect.poll(() => count('rests'), SOON).toBe(2);
    fake.tell(commitOf(BRAND, like(ADA, '6'), ++micros));
    await expect.poll(() => count('rests'), SOON).toBe(3);
    const after = await app.board('rests', '1h');
    expect(after.measures['reach.active@1']).toEqual(before.measures['reach.active@1']);
    const recount = await app.call('POST', '/recount', { brands: ['rests'] });
    expect(recount.body).toMatchObject({ brands: [{ brand: 'rests', differing: 0 }] });
    // Who withdraws while resting has nothing that waits.
    fake.tell(standingOf(ADA, now - 3_000, 'deactivated'));
    await expect.poll(() => count('rests'), SOON).toBe(1);
    await app.call('POST', '/brands/rests/fans/erase', { network: 'bluesky', fan: ADA });
    expect(await app.database.sql`select 1 from resting`).toHaveLength(0);
  });

  it('tells that something is missing when it comes back too late, from either kind of server', async () => {
    await connect('late', [ADA]);
    const look = async (): Promise<SourceDetail> => (await app.call('GET', '/brands/late/sources/1')).body;
    await expect.poll(async () => (await look()).listening?.connected, SOON).toBe(true);
    for (const strict of [false, true]) {
      fake.strict = strict;
      await app.app.close();
      const old = String((now - 40 * 3_600_000) * 1_000);
      await app.database.sql`update source set cursor = ${old}, last_error = null`;
      app = await startApp({ ...options(), database: app.database });
      await expect.poll(async () => (await look()).lastError?.code, SOON).toBe('gap');
      await expect.poll(async () => (await look()).listening?.connected, SOON).toBe(true);
    }
    fake.strict = false;
    fake.refuses = true;
    fake.drop();
    await expect.poll(async () => (await look()).lastError?.code, SOON).toBe('unreachable');
    fake.refuses = false;
    await expect.poll(async () => (await look()).lastError, SOON).toBeNull();
  });

  it('replays the likes of a real post: each of them once', async (test) => {
    const path = needData(test, 'interactions/bluesky-likes-one-post.jsonl.gz');
    const likes: { liker: string; ts: string }[] = [];
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) }))
      if (likes.length < 1_500) likes.push(JSON.parse(line) as { liker: string; ts: string });
    const people = new Map(
      [...new Set(likes.map(({ liker }) => liker))].map((liker, i) => [liker, didOf('r', i)]),
    );
    await connect('real', [...people.values()]);
    await expect.poll(() => fake.wanted.size, SOON).toBeGreaterThanOrEqual(people.size);
    // As they came, moved to this hour.
    const first = Date.parse(likes[0]!.ts);
    for (const { liker, ts } of likes) {
      const at = Math.min(second - 1, second - 3_000 + Math.floor((Date.parse(ts) - first) / 1_000));
      fake.tell(commitOf(BRAND, { do: 'like', fan: people.get(liker)!, object: '7', second: at }, ++micros));
    }
    await expect.poll(() => count('real'), { timeout: 30_000, interval: 100 }).toBe(people.size);
  });
});
