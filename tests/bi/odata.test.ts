import { OData } from '@odata/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { History, NewToken } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const DAY = 86_400_000;
const now = Date.now();
const from = now - (now % DAY) - 40 * DAY;

interface Row {
  readonly hour_start: string;
  readonly engagements: number | null;
  readonly active_fans: number | null;
  readonly engagements_facebook: number | null;
}

let app: TestApp;
let token: string;
let feed: string;
const basic = (password: string) => ({ authorization: `Basic ${btoa(`excel:${password}`)}` });
const get = (path: string, headers: Record<string, string> = basic(token)) =>
  fetch(`${feed}${path}`, { headers });
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;

beforeAll(async () => {
  app = await startApp({ k: 1 });
  await app.makeBrand('maison');
  const fans = Array.from({ length: 20 }, (_, i) => `fan-${i}`);
  const may = { measure: true, influence: true };
  await app.call(
    'POST',
    '/brands/maison/consents',
    fans.map((fan) => consent(fan, from - DAY, may)),
  );
  const events = Array.from({ length: 400 }, (_, i) => ({
    ...{
      id: `e${i}`,
      network: 'facebook',
      kind: i % 3 ? 'comment' : 'share',
      fan: fans[i % 20],
      text: i % 2 ? 'good' : 'bad',
    },
    ...{ object: `post-${i % 7}`, objectOwner: fans[(i + 3) % 20] },
    occurredAt: new Date(from + ((i * 104_729) % 39_000) * 80_000).toISOString(),
  }));
  expect((await app.call('POST', '/brands/maison/events', events)).body).toMatchObject({ counted: 400 });
  token = ((await app.call('POST', '/tokens', { name: 'Excel', scopes: ['export'] })).body as NewToken).token;
  feed = `${app.url}/api/v1/brands/maison/odata`;
  expect((await get('/')).status).toBe(200);
  // The newest days can be read at once; consents are what a publication ends with.
  const all = async () => expect((await json('/consent_daily?$top=1'))['value']).toHaveLength(1);
  await vi.waitFor(all, { timeout: 30_000, interval: 250 });
});
afterAll(() => app.close());

async function history(grain: 'hour' | 'day'): Promise<History> {
  const range = `from=${new Date(from).toISOString()}&to=${new Date(now).toISOString()}`;
  return (await app.call('GET', `/brands/maison/metrics.json?grain=${grain}&${range}`)).body;
}

describe('a client of OData', () => {
  it('reads the same values through paging and filters as the history tells', async () => {
    const client = OData.New4({
      serviceEndpoint: `${feed}/`,
      credential: { username: 'excel', password: token },
      processCsrfToken: false,
    });
    const set = client.getEntitySet<Row>('engagement_hourly');
    const some = OData.newFilter<Row>().property('engagements').gt(0);
    const count = await set.count(some);
    const rows: Row[] = [];
    for (let skip = 0; skip < count; skip += 100) {
      const options = OData.newOptions<Row>().filter(some).orderby('hour_start', 'desc').top(100).skip(skip);
      rows.push(...(await set.query(options)));
    }
    expect(rows).toHaveLength(count);
    // The same once more, led on by the feed itself.
    const led: Row[] = [];
    const hundred = { ...basic(token), prefer: 'odata.maxpagesize=100' };
    let next: string | undefined =
      `${feed}/engagement_hourly?$filter=engagements gt 0&$orderby=hour_start desc`;
    while (next !== undefined) {
      const answer = await fetch(next, { headers: hundred });
      const page = (await answer.json()) as { value: Row[]; '@odata.nextLink'?: string };
      expect(page.value.length).toBeLessThanOrEqual(100);
      led.push(...page.value);
      next = page['@odata.nextLink'];
    }
    expect(led).toEqual(rows);
    const told = (await history('hour')).rows.filter(({ measures }) => measures['engagements@1']!.value! > 0);
    const values = (row: Row) => [row.hour_start, row.engagements, row.active_fans, row.engagements_facebook];
    expect(rows.map(values).reverse()).toEqual(
      told.map(({ from: at, measures }) => [
        at,
        measures['engagements@1']!.value,
        measures['reach.active@1']!.value,
        measures['engagements@1']!.value,
      ]),
    );
  });
});

describe('the feed', () => {
  it('says what it is, in the version it speaks', async () => {
    const answer = await get('/');
    expect(answer.headers.get('odata-version')).toBe('4.0');
    expect(answer.headers.get('content-type')).toContain('odata.metadata=minimal');
    const body = (await answer.json()) as { '@odata.context': string; value: { name: string }[] };
    expect(body['@odata.context']).toBe(`${feed}/$metadata`);
    expect(body.value.map(({ name }) => name)).toContain('consent_daily');
    const xml = await get('/$metadata');
    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect(await xml.text()).toContain('<EntitySet Name="reach_daily"');
  });

  it('tells days as the history does: reach, tone, coverage', async () => {
    const [reach, tone] = await Promise.all([json('/reach_daily'), json('/sentiment_daily')]);
    const days = (await history('day')).rows;
    expect(days.length).toBeGreaterThan(30);
    for (const { day, measures } of days) {
      const ofDay = (set: Record<string, unknown>) =>
        (set['value'] as Record<string, unknown>[]).find((row) => row['day'] === day);
      expect(ofDay(reach)).toMatchObject({
        active_fans: measures['reach.active@1']!.value,
        engagements: measures['engagements@1']!.value,
      });
      expect(ofDay(tone)).toMatchObject({
        sentiment: measures['sentiment@1']!.value,
        positive_texts: measures['sentiment@1']!.parts?.['positive'] ?? 0,
      });
    }
  });

  it('tells influence and consents', async () => {
    const board = (await app.board('maison', '7d')).measures['influence.total@1']!;
    const { value } = await json(
      '/influence_daily?$orderby=day desc&$top=1&$select=influence_7_days,share_credits',
    );
    const [row] = value as { influence_7_days: number; share_credits: number }[];
    expect(row!.share_credits).toBe(board.parts!['share']);
    expect(row!.influence_7_days).toBeCloseTo(board.value!, 1);
    const consents = await json('/consent_daily?$orderby=day desc&$top=1');
    expect((consents['value'] as object[])[0]).toMatchObject({
      granted_measure: 20,
      withdrawn_measure: 0,
      granted_wall: 0,
    });
  });

  it('selects, counts, skips, and finds one row by its key', async () => {
    const page = await json(
      '/reach_daily?$select=day,active_fans&$top=2&$skip=1&$count=true&$filter=active_fans ge 1',
    );
    expect(page['@odata.context']).toBe(`${feed}/$metadata#reach_daily(day,active_fans)`);
    expect(page['@odata.count']).toBe(
      Number(await (await get('/reach_daily/$count?$filter=active_fans ge 1')).text()),
    );
    const rows = page['value'] as { day: string }[];
    expect(rows).toHaveLength(2);
    expect(Object.keys(rows[0]!)).toEqual(['day', 'active_fans']);
    expect(await json(`/reach_daily(${rows[0]!.day})`)).toMatchObject(rows[0]!);
    expect((await get('/reach_daily(1999-01-01)')).status).toBe(404);
    expect((await json("/definitions?$filter=definition eq 'reach.active@1'"))['value']).toHaveLength(1);
  });

  it('comes in the format that is wanted', async () => {
    const none = await get('/definitions?$format=application/json;odata.metadata=none');
    expect(JSON.stringify(await none.json())).not.toContain('@odata.context');
    const full = await get('/reach_daily?$top=1', {
      ...basic(token),
      accept: 'application/json;odata.metadata=full;IEEE754Compatible=true',
    });
    expect(await full.json()).toMatchObject({
      value: [{ '@odata.type': '#Fanfare.reach_daily', engagements: expect.any(String) as string }],
    });
    expect((await get('/reach_daily?$format=atom')).status).toBe(406);
  });

  it('lets in by Basic or Bearer, asks whom it does not know, and says no in its own words', async () => {
    for (const headers of [basic(token), basic(TOKEN), { authorization: `Bearer ${token}` }])
      expect((await get('/', headers)).status).toBe(200);
    const unknown = await get('/', {});
    expect(unknown.status).toBe(401);
    expect(unknown.headers.get('www-authenticate')).toContain('Basic realm=');
    expect((await get('/', basic('fanfare_wrong'))).status).toBe(401);
    const ingest = ((await app.call('POST', '/tokens', { name: 'I', scopes: ['ingest'] })).body as NewToken)
      .token;
    expect((await get('/', basic(ingest))).status).toBe(403);
    for (const [path, status] of [
      ['/reach_daily?$filter=fan eq 1', 400],
      ['/reach_daily?$expand=x', 400],
      ['/reach_daily?$top=1&$top=2', 400],
      ['/fan', 404],
    ] as const) {
      const answer = await get(path);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({
        error: { code: expect.any(String) as string, message: expect.any(String) as string },
      });
    }
  });
});
