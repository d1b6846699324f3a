import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WINDOWS, type ConsentsAnswer, type EventsAnswer } from '@fanfare/contract';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';
import { Canaries, makePeople, tell, type Person } from '../support/canaries.ts';
import { consentOf, eventsOf } from '../support/canary-history.ts';
import { visitAs } from '../support/fan-visit.ts';
import { Follower } from '../support/follower.ts';
import { connect, isChange } from '../support/live-client.ts';
import { randomFrom } from '../support/random.ts';
import { readEverything } from '../support/read-everything.ts';
import { searchDatabase, tellPlain } from '../support/search-database.ts';

/** The essence of `pnpm drill trace`, which looks into files, logs, browsers and backups as well. */
const [FANS, ERASED] = [50, 5];
const [BRAND, NEVER] = ['maison', 'never'];
const SECRET = 'trace-secret-012345678901234567890123456789012345678';
const DAY = 86_400_000;

const people = makePeople(FANS, randomFrom(11));
const canaries = new Canaries(people);
const isGone = (n: number) => n < ERASED;
const [gone, staying] = [people.slice(0, ERASED), people.slice(ERASED)];
// It stands still, so that nothing but people can tell two boards apart.
const now = Date.now();
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ secret: SECRET, clock: () => now, k: 10 });
  for (const brand of [BRAND, NEVER]) await app.makeBrand(brand);
});
afterAll(() => app.close());

const post = async <T>(brand: string, path: string, body: unknown): Promise<T> => {
  const answer = await app.call('POST', `/brands/${brand}/${path}`, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
};
const act = (brand: string, list: readonly Person[]) =>
  post<EventsAnswer>(
    brand,
    'events',
    list.flatMap((person) => eventsOf(person, people, now)),
  );
const consent = (brand: string, list: readonly Person[]) =>
  post<ConsentsAnswer>(
    brand,
    'consents',
    list.map((person) => consentOf(person, now - 100 * DAY)),
  );
const search = () => searchDatabase(app.database.sql, SECRET, canaries);
const read = async (ids: readonly string[]) => {
  const surfaces = await readEverything(app.url, { brand: BRAND, token: TOKEN, ids });
  return surfaces.map(({ path, bytes }) => ({ path, found: canaries.find(bytes) }));
};
/** Numbers of a board, without what names it. */
const numbers = async (brand: string) =>
  Promise.all(
    WINDOWS.map(async (window) => {
      const {
        brand: _brand,
        epoch: _epoch,
        seq: _seq,
        excerpts: _excerpts,
        ...rest
      } = await app.board(brand, window);
      return rest;
    }),
  );

describe('erased fans', () => {
  it('leave nothing: not in a row, not under a seal, not on any address or screen, not in a number', async () => {
    expect(await consent(BRAND, people)).toMatchObject({ accepted: FANS });
    await consent(NEVER, staying);
    expect(await act(BRAND, people)).toMatchObject({ counted: 3 * FANS });
    expect(await act(NEVER, people)).toMatchObject({ refused: 3 * ERASED });
    const { id } = await post<{ id: string }>(BRAND, 'snapshots', { window: '1h' });
    const screen = new Follower();
    const client = await connect('raw', app.url);
    client.listen((message) => screen.take(message));
    client.watch(BRAND, '1h');
    await client.next(isChange);

    // What cannot be found now would not be missed later.
    const before = await search();
    expect(tell(before.sealed)).toBe(`fan ${FANS}, word ${FANS}, evidence ${FANS}`);
    expect(tellPlain(before, isGone)).toMatch(/engagement: .*object 5, event 5/);
    expect((await read([id])).some(({ found }) => tell(found, isGone).includes('word'))).toBe(true);
    expect(tell(canaries.find(JSON.stringify(screen.board)), isGone)).toContain('word');

    for (const { fan } of gone.slice(2)) await post(BRAND, 'fans/erase', { network: 'facebook', fan });
    for (const { fan } of gone.slice(0, 2)) {
      const visit = await visitAs(app, BRAND, fan);
      expect((await visit.call('POST', `/fan/${BRAND}/erase`, { confirm: 'EFFACER' })).status).toBe(200);
    }
    expect(await act(BRAND, gone)).toMatchObject({ counted: 0, duplicate: 0, refused: 3 * ERASED });
    for (const { fan } of gone) await post(BRAND, 'fans/withdraw', { network: 'facebook', fan });

    const after = await search();
    expect(tellPlain(after, isGone)).toBe('');
    expect(tell(after.sealed, isGone)).toBe('');
    const left = FANS - ERASED;
    expect(tell(after.sealed)).toBe(`fan ${left}, word ${left}, evidence ${left}`);
    // The public’s words are renewed once a second.
    await expect
      .poll(
        async () => (await read([id])).filter(({ found }) => tell(found, isGone)).map(({ path }) => path),
        {
          timeout: 30_000,
        },
      )
      .toEqual([]);
    await expect
      .poll(() => tell(canaries.find(JSON.stringify(screen.board)), isGone), { timeout: 30_000 })
      .toBe('');
    client.close();
    expect(await numbers(BRAND)).toEqual(await numbers(NEVER));
  });
});
