import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WINDOWS } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { layCable, type Cable } from '../support/cable.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { heldOf } from '../support/shop-stage.ts';
import { SOURCE_CASES, type Act, type SourceCase } from '../support/source-cases.ts';
import { connectSource, type Connected } from '../support/source-stage.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000 + 500;
const second = Math.floor(now / 1_000);
const clock = () => now;
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
const chance = randomFrom(seed);
const die = (n: number): number => Math.floor(chance() * n);
/** The last one leaves in the end. */
const FANS = ['700001', '700002', '700003', '700004'];
const STRANGER = '800001';

interface Sent {
  readonly to: Connected;
  readonly body: string;
  readonly n: number;
}
/** What became of the attempts: answered 200, answered 503 while the database is away, or cut off. */
const met = { taken: 0, away: 0, cut: 0 };

describe('every source over a bad line', () => {
  let database: TestDatabase;
  let cable: Cable;
  let app: TestApp;
  const start = () =>
    startApp({ clock, database: { url: cable.url, sql: database.sql, drop: () => Promise.resolve() } });

  beforeAll(async () => {
    database = await testDatabase();
    cable = await layCable(database.url);
    app = await start();
  });
  afterAll(async () => {
    await app.close();
    await cable.close();
    await database.drop();
  });

  /** One attempt. @param cutAfter milliseconds after which the sender hangs up; `null` when it listens */
  async function attempt({ to, body, n }: Sent, cutAfter: number | null): Promise<number | null> {
    const signed = to.case.headers(body, to.secret, second, n);
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', connection: 'close', ...signed };
      const options = { method: 'POST', headers, agent: false };
      const call = request(app.url + to.path, options, (answer) => {
        answer.resume();
        answer.on('close', () => resolve(answer.statusCode ?? null));
      });
      call.on('error', () => resolve(null));
      call.end(body, () => {
        if (cutAfter !== null) setTimeout(() => call.destroy(), cutAfter);
      });
    });
  }

  /** As networks do: again until it is taken, whatever was heard of the attempts before. */
  async function insist(sent: Sent, bad: boolean): Promise<void> {
    if (bad && die(4) === 0) {
      met.cut++;
      await attempt(sent, die(8));
    }
    for (let tries = 0; tries < 400; tries++) {
      const status = await attempt(sent, null);
      if (status === 200) return void met.taken++;
      // A server that is gone cuts the line; one whose database is away says so.
      expect([503, null]).toContain(status);
      if (status === 503) met.away++;
      await sleep(25);
    }
    throw new Error(`never taken, seed ${seed}`);
  }

  it('gives the boards and purchases of one clean delivery, exactly', { timeout: 120_000 }, async () => {
    const pairs = [];
    for (const one of SOURCE_CASES) {
      const bodies = bodiesOf(one);
      const connect = (name: string) => prepare(`${one.connector.replace('_', '-')}-${name}`, one);
      const [clean, messy] = [await connect('clean'), await connect('messy')];
      for (const [n, body] of bodies.entries()) await insist({ to: clean, body, n }, false);
      pairs.push({ clean, messy, bodies });
    }
    const all = pairs.flatMap(({ messy, bodies }) =>
      bodies.flatMap((body, n) => Array<Sent>(10).fill({ to: messy, body, n })),
    );
    const queue = shuffled(all, chance);
    const most = queue.length;
    const sender = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await insist(next, true);
    };
    const reached = async (share: number) => {
      while (queue.length > most * (1 - share)) await sleep(5);
    };
    const trouble = async () => {
      await reached(0.15);
      cable.cut();
      await sleep(300);
      cable.mend();
      for (const share of [0.35, 0.5]) {
        await reached(share);
        await cable.loseCommit();
        await sleep(100);
        cable.mend();
      }
      await reached(0.7);
      // Under load: what is under way is answered or cut off, and comes again.
      await app.app.close();
      app = await start();
    };
    await Promise.all([trouble(), ...Array.from({ length: 12 }, sender)]);
    for (const { clean, messy } of pairs) {
      for (const window of WINDOWS)
        expect(await boardOf(messy.brand, window), `${messy.brand} ${window}, seed ${seed}`).toEqual(
          await boardOf(clean.brand, window),
        );
      expect(await purchasesOf(messy), `${messy.brand}, seed ${seed}`).toEqual(await purchasesOf(clean));
      const counted = (await app.board(clean.brand, '1h')).measures['engagements@1']!.value;
      const orders = (await purchasesOf(clean)).flat().length;
      if (clean.case.connector !== 'tiktok') expect(counted! + orders, clean.brand).toBeGreaterThan(0);
    }
    expect(met.taken).toBe(all.length + pairs.flatMap(({ bodies }) => bodies).length);
    expect(Math.min(met.away, met.cut), JSON.stringify(met)).toBeGreaterThan(0);
    console.log(`seed ${seed}: ${met.taken} deliveries taken, ${met.cut} cut off, ${met.away} answered 503`);
  });

  /** A brand with the source, and somebody counted there who will leave. */
  async function prepare(brand: string, one: SourceCase): Promise<Connected> {
    const made = await connectSource(app, brand, one, [], now);
    const names = FANS.map((fan) => one.fan?.(fan) ?? fan);
    const purposes = { measure: true, purchases: true };
    await app.call(
      'POST',
      `/brands/${brand}/consents`,
      names.map((fan) => consent(fan, now - 7_200_000, purposes, one.network)),
    );
    const occurredAt = new Date(now - 60_000).toISOString();
    const event = { id: 'first', network: one.network, kind: 'reaction', fan: names[3]!, occurredAt };
    expect((await app.call('POST', `/brands/${brand}/events`, event)).body).toMatchObject({ counted: 1 });
    return made;
  }

  /** Acts of fans and of somebody unknown in small deliveries, and the last fan leaves. */
  function bodiesOf(one: SourceCase): string[] {
    const people = [...FANS.slice(0, 3), STRANGER];
    const acts = Array.from({ length: 14 }, (_, i): Act => {
      const what = (['like', 'unlike', 'say', 'unsay', 'say', 'like'] as const)[die(6)]!;
      const [who, object] = [die(people.length), die(3)];
      // What somebody says has one id, so one instant and one text.
      const at = what === 'say' ? second - 2_000 + 10 * who + object : second - 1_000 + i;
      const text = who % 2 ? 'good' : 'bad';
      return { do: what, fan: people[who]!, object: `${500 + object}`, second: at, text };
    });
    const bodies: string[] = [];
    for (let i = 0; i < acts.length;) {
      // A shop tells of one order at a time.
      const some = one.acts ? 1 + die(4) : 1;
      bodies.push(one.body(acts.slice(i, i + some)));
      i += some;
    }
    return [...bodies, one.unknown(second), one.leave(FANS[3]!, second - 5)];
  }

  /** A board without what names it. */
  async function boardOf(brand: string, window: (typeof WINDOWS)[number]): Promise<object> {
    const { brand: _brand, epoch: _epoch, seq: _seq, ...rest } = await app.board(brand, window);
    return rest;
  }

  /** What is held of each fan's purchases, without its key, which is the brand's own. */
  function purchasesOf({ brand, case: one }: Connected): Promise<object[][]> {
    return Promise.all(
      FANS.slice(0, 3).map(async (fan) => {
        const { purchases = [] } = await heldOf(app, brand, one.network, one.fan?.(fan) ?? fan);
        return purchases.map(({ key: _key, ...rest }) => rest);
      }),
    );
  }
});
