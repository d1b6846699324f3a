import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { TROUBLES, fakeInternet, type FakeInternet } from '../support/fake-internet.ts';
import { FanVisit, type Answer } from '../support/fan-visit.ts';
import { contenders, type Contender } from '../support/proof-contenders.ts';

const MINUTE = 60_000;
const NAMES = ['bluesky', 'mastodon', 'facebook'] as const;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;
let internet: FakeInternet;
let all: Contender[];

beforeAll(async () => {
  internet = await fakeInternet();
  all = contenders(internet, 'http://localhost:3000', () => now);
  app = await startApp({ clock: () => now, proofs: all.map(({ proof }) => proof) });
  await app.makeBrand('maison');
  await app.makeBrand('other');
});
afterAll(async () => {
  await app.close();
  await internet.close();
});
// A new minute, a new allowance.
beforeEach(() => {
  now += MINUTE;
});

describe.each(NAMES)('the proof of %s', (network) => {
  const contender = () => all.find((one) => one.network === network)!;
  const begin = (visit: FanVisit, brand = 'maison'): Promise<Answer> =>
    visit.call('POST', `/fan/${brand}/proofs/${network}`, { ...contender().writes, locale: 'en' });
  const redirectOf = (answer: Answer) => (answer.body as { redirect: string }).redirect;
  const comeBack = (visit: FanVisit, query: URLSearchParams, to: string = network) =>
    visit.call('GET', `/fan-proofs/${to}?${query.toString()}`);
  const there = async (visit: FanVisit, brand = 'maison') =>
    contender().approve(redirectOf(await begin(visit, brand)));
  /** Back on the page, without it being open. */
  const endsWith = (visit: FanVisit, answer: Answer, ending: string, brand = 'maison') => {
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/en/fan/${brand}?proof=${ending}`);
    expect([...visit.cookies.keys()]).toEqual([]);
  };

  it('opens the page of the account that said yes, and of that brand alone', async () => {
    const visit = new FanVisit(app);
    const answer = await comeBack(visit, await there(visit));
    expect(answer.headers.get('location')).toBe('/en/fan/maison');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect([...visit.cookies.keys()]).toEqual(['fanfare_fan']);
    const { body } = await visit.call('GET', '/fan/maison/state');
    expect(body).toMatchObject({ account: contender().account });
    expect((await visit.call('GET', '/fan/other/state')).status).toBe(401);
    expect(contender().open() ?? 0).toBe(0);
  });

  it('is used once, even where the network takes a code again', async () => {
    const visit = new FanVisit(app);
    const query = await there(visit);
    const kept = new Map(visit.cookies);
    expect((await comeBack(visit, query)).headers.get('location')).toBe('/en/fan/maison');
    const again = new FanVisit(app);
    for (const [name, value] of kept) again.cookies.set(name, value);
    endsWith(again, await comeBack(again, query), 'refused');
  });

  it('is nobody else’s: another browser, another state, another network, another brand of that name', async () => {
    const [mine, theirs] = [new FanVisit(app), new FanVisit(app)];
    const [query, other] = [await there(mine), await there(theirs)];
    const thief = await comeBack(new FanVisit(app), query);
    expect([thief.status, (thief.body as { code: string }).code]).toEqual([403, 'link_refused']);
    endsWith(mine, await comeBack(mine, other), 'refused');
    const elsewhere = NAMES[(NAMES.indexOf(network) + 1) % NAMES.length];
    endsWith(theirs, await comeBack(theirs, other, elsewhere), 'refused');
    const brand = `once-${network}`;
    await app.makeBrand(brand);
    const late = new FanVisit(app);
    const back = await there(late, brand);
    await app.call('DELETE', `/brands/${brand}`, { confirm: brand });
    await app.makeBrand(brand);
    endsWith(late, await comeBack(late, back), 'refused', brand);
  });

  it('is over after ten minutes, and takes a no', async () => {
    const late = new FanVisit(app);
    const query = await there(late);
    now += 10 * MINUTE;
    endsWith(late, await comeBack(late, query), 'refused');
    const visit = new FanVisit(app);
    const denied = contender().deny(redirectOf(await begin(visit)));
    endsWith(visit, await comeBack(visit, denied), 'denied');
  });

  it.each([
    ['no code', (query: URLSearchParams) => query.delete('code')],
    ['no state', (query: URLSearchParams) => query.delete('state')],
    ['two codes', (query: URLSearchParams) => query.append('code', 'x')],
    ['a code of somebody’s own', (query: URLSearchParams) => query.set('code', 'x')],
    ['a huge code', (query: URLSearchParams) => query.set('code', 'x'.repeat(5_000))],
    ['the issuer of another', (query: URLSearchParams) => query.set('iss', 'https://evil.example')],
    ['no issuer', (query: URLSearchParams) => query.delete('iss')],
  ])('does not hold with %s', async (what, spoil) => {
    if (what.includes('issuer') && !contender().tellsIssuer) return;
    const visit = new FanVisit(app);
    const query = await there(visit);
    spoil(query);
    endsWith(visit, await comeBack(visit, query), 'refused');
  });

  it.each(TROUBLES)('bears servers that are %s on the way there', async (trouble) => {
    for (const host of contender().there) {
      const visit = new FanVisit(app);
      internet.trouble(host, trouble);
      const answer = await begin(visit).finally(() => internet.trouble(host, null));
      expect(answer.status).toBe(502);
      expect(answer.body).toMatchObject({ code: 'unreachable' });
      expect(JSON.stringify(answer.body)).not.toMatch(/\.example|did:|127\.0|alice|plc/);
      expect([...visit.cookies.keys()]).toEqual([]);
    }
    expect(internet.intrusions()).toBe(0);
  });

  it.each(TROUBLES)('bears servers that are %s on the way back', async (trouble) => {
    const visit = new FanVisit(app);
    const query = await there(visit);
    internet.trouble(contender().back, trouble);
    const answer = await comeBack(visit, query).finally(() => internet.trouble(contender().back, null));
    const silent = ['down', 'slow', 'drip', 'huge'].includes(trouble);
    endsWith(visit, answer, silent ? 'unreachable' : 'refused');
    expect(internet.intrusions()).toBe(0);
  });

  it('says which field is wrong, and nothing of a brand that is not there', async () => {
    const asked = Object.keys(contender().writes)[0];
    const visit = new FanVisit(app);
    const path = `/fan/maison/proofs/${network}`;
    const wrong = await visit.call('POST', path, { locale: 'de', ...contender().writes });
    expect(wrong.body).toMatchObject({ code: 'bad_field' });
    if (asked !== undefined) {
      for (const value of [undefined, 7, '', 'localhost', '127.0.0.1', 'x'.repeat(300), 'a b@c@d'])
        expect((await visit.call('POST', path, { [asked]: value })).body).toMatchObject({
          code: 'bad_field',
          detail: expect.stringMatching(new RegExp(`^${asked}: `)) as string,
        });
    }
    expect((await begin(visit, 'nowhere')).body).toMatchObject({ code: 'unknown_brand' });
  });
});

describe('on one’s own machine', () => {
  /** Reaches the server under another name. */
  const asHost = (host: string, path: string) =>
    new Promise<{ status: number | undefined; location: string | undefined }>((resolve, reject) => {
      const { port } = new URL(app.url);
      get({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, location: answer.headers.location });
      }).on('error', reject);
    });

  it('brings people who were sent back to 127.0.0.1 to the name their cookies are of, and nobody else', async () => {
    const path = '/api/v1/fan-proofs/bluesky?code=a&state=b&iss=c';
    expect(await asHost('127.0.0.1:3000', path)).toEqual({
      status: 303,
      location: `http://localhost:3000${path}`,
    });
    for (const host of ['localhost:3000', '127.0.0.1:1', 'evil.example'])
      expect(await asHost(host, path)).toEqual({ status: 403, location: undefined });
  });

  it('describes no client where none is read', async () => {
    for (const network of NAMES)
      expect((await app.call('GET', `/fan-proofs/${network}/client-metadata.json`)).status).toBe(404);
  });
});
