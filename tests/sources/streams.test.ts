import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LABELS, WINDOWS, type SourceDetail } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { layCable, type Cable } from '../support/cable.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { randomFrom } from '../support/random.ts';
import { CANARY, type Act } from '../support/source-cases.ts';
import { STREAM_CASES, allow, connectStream, type StreamFake } from '../support/stream-cases.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000 + 500;
const second = Math.floor(now / 1_000);
const clock = () => now;
const SOON = { timeout: 20_000, interval: 25 };
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);

describe.each(STREAM_CASES)('$connector, listened to', (one) => {
  const FANS = [0, 1, 2, 3].map(one.fan);
  const since = now - 3_600_000;
  let app: TestApp;
  let fake: StreamFake;
  let database: TestDatabase;
  let cable: Cable;
  const start = () => {
    const through = { url: cable.url, sql: database.sql, drop: () => Promise.resolve() };
    return startApp({ clock, chance: () => 0.1, ...fake.options, database: through });
  };
  beforeAll(async () => {
    [fake, database] = await Promise.all([one.start(clock, randomFrom(seed)), testDatabase()]);
    cable = await layCable(database.url);
    app = await start();
  });
  afterAll(async () => {
    await app.close();
    await fake.close();
    await cable.close();
    await database.drop();
  });

  const connect = async (letter: string, fans = FANS) => {
    const open = fake.open();
    const made = await connectStream(app, one, fake, letter, fans, since);
    await expect.poll(() => fake.open(), SOON).toBeGreaterThan(open);
    return made;
  };
  const count = async (brand: string) => (await app.board(brand, '1h')).measures['engagements@1']!.value;
  const look = async ({ brand, id }: { brand: string; id: number }): Promise<SourceDetail> =>
    (await app.call('GET', `/brands/${brand}/sources/${id}`)).body;
  const like = (fan: string, at = second - 60): Act => ({ do: 'like', fan, object: '555', second: at });

  it('counts what consenting fans do, tells how it hears, and keeps of the unknown its shape alone', async () => {
    const source = await connect('a');
    fake.act('a', like(FANS[0]!));
    fake.act('a', { do: 'say', fan: FANS[1]!, object: '556', second: second - 30, text: 'bad' });
    fake.act('a', like(one.fan(9)));
    await expect.poll(() => count(source.brand), SOON).toBe(2);
    const labels = await app.database.sql<{ label: number }[]>`select label from engagement order by kind`;
    expect(labels.map(({ label }) => label)).toEqual([0, LABELS.indexOf('negative')]);
    fake.unknown('a', FANS[0]!);
    await expect.poll(async () => (await look(source)).letters.length, SOON).toBe(1);
    const seen = await look(source);
    expect(seen.listening).toMatchObject({ connected: true });
    expect(seen.confirmedAt).not.toBeNull();
    expect(seen.letters[0]!.reason).toBe('unknown_kind');
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    const rows = await app.database.sql<
      { row: string }[]
    >`select to_jsonb(t)::text as row from source_letter as t`;
    expect(rows.filter(({ row }) => row.includes(CANARY))).toEqual([]);
    expect(fake.bad()).toEqual([]);
  });

  it('hears who consents later from their consent on', async () => {
    const source = await connect('b', FANS.slice(0, 1));
    await allow(app, source.brand, one, FANS.slice(2, 3), since);
    fake.act('b', like(FANS[2]!));
    await expect.poll(() => count(source.brand), SOON).toBe(1);
  });

  it('lets somebody who leaves at the network vanish from the live board, and nobody else', async () => {
    const source = await connect('c');
    fake.act('c', like(FANS[0]!));
    fake.act('c', like(FANS[3]!));
    await expect.poll(() => count(source.brand), SOON).toBe(2);
    await fake.leave(FANS[3]!, source.hook);
    await expect.poll(() => count(source.brand), SOON).toBe(1);
  });

  it('takes nothing in while it pauses', async () => {
    const source = await connect('d');
    await app.call('PATCH', `/brands/${source.brand}/sources/${source.id}`, { paused: true });
    fake.act('d', like(FANS[0]!));
    await expect.poll(async () => (await look(source)).counts.unusable, SOON).toBe(1);
    expect(await count(source.brand)).toBe(0);
  });

  it('gives the same boards ten times over, in any order, over drops, a restart and an absent database, as once in order', async () => {
    const chance = randomFrom(seed);
    const die = (n: number) => Math.floor(chance() * n);
    const acts = Array.from({ length: 60 }, (_, i): Act => {
      const kinds = ['like', 'unlike', 'say', 'unsay'] as const;
      const [what, who, object] = [kinds[die(4)]!, die(3), die(3)];
      // What somebody says has one id, so one instant and one text.
      const at = what === 'say' ? second - 2_000 + 10 * who + object : second - 1_000 + i;
      return {
        do: what,
        fan: FANS[who]!,
        object: `${500 + object}`,
        second: at,
        text: who % 2 ? 'good' : 'bad',
      };
    });
    const some = FANS.slice(0, 3);
    const [clean, messy] = [await connect('g', some), await connect('h', some)];
    for (const act of acts) fake.act('g', act);
    const told = async ({ brand, id }: { brand: string; id: number }) => {
      const { counts } = await look({ brand, id });
      return counts.counted + counts.duplicate + counts.refused;
    };
    await settled(() => told(clean));
    fake.chaos(true);
    const third = acts.length / 3;
    for (const [i, act] of acts.entries()) {
      fake.act('h', act);
      if (i === third) fake.drop();
      if (i === third + 5) cable.cut();
      if (i === third + 15) {
        // What comes meanwhile waits, and is taken when the database is back.
        await new Promise((resolve) => setTimeout(resolve, 400));
        cable.mend();
      }
      if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
      if (i !== 2 * third) continue;
      await app.app.close();
      app = await start();
    }
    await expect.poll(() => fake.open(), SOON).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    fake.drop();
    await expect.poll(() => fake.open(), SOON).toBeGreaterThan(0);
    const boards = async (brand: string, letter: string) =>
      Promise.all(WINDOWS.map((window) => boardOf(brand, window, fake.account(letter))));
    const expected = await boards(clean.brand, 'g');
    await expect
      .poll(() => boards(messy.brand, 'h'), { timeout: 30_000, interval: 200, message: `seed ${seed}` })
      .toEqual(expected);
    await settled(() => told(messy));
    expect(await boards(messy.brand, 'h'), `seed ${seed}`).toEqual(expected);
    expect(fake.bad()).toEqual([]);
    fake.chaos(false);
  });

  /** A board without what names it. */
  async function boardOf(brand: string, window: (typeof WINDOWS)[number], account: string): Promise<object> {
    const { brand: _brand, epoch: _epoch, seq: _seq, ...rest } = await app.board(brand, window);
    return JSON.parse(JSON.stringify(rest).replaceAll(account, 'the brand')) as object;
  }
});

/** Wait until a number has not changed for half a second. */
async function settled(read: () => Promise<number>): Promise<void> {
  let [last, same] = [-1, 0];
  while (same < 5) {
    const next = await read();
    same = next === last && next > 0 ? same + 1 : 0;
    last = next;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
