// long: all of it asks one past of one brand, made at the top.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { History, HistoryRow } from '@fanfare/contract';
import { foldHours } from '@fanfare/server/store/fold.ts';
import { prune } from '@fanfare/server/store/retention.ts';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-30T10:30:00Z');
let now = START;
let plain: TestApp;
let shy: TestApp;
beforeAll(async () => {
  plain = await startApp({ clock: () => now });
  shy = await startApp({ clock: () => now, k: 10 });
});
afterEach(() => {
  now = START;
});
afterAll(() => Promise.all([plain.close(), shy.close()]));

interface Said {
  readonly at: string;
  readonly fan: string;
  readonly text?: string;
  readonly kind?: string;
  readonly campaign?: string;
}

/** A brand whose fans consented two years ago and said these things. */
async function brandOf(app: TestApp, said: readonly Said[], timeZone = 'Europe/Paris') {
  const brand = await app.makeBrand();
  const at = `/brands/${brand}`;
  await app.call('PATCH', at, { timeZone });
  const fans = [...new Set(said.map(({ fan }) => fan))].filter((fan) => !fan.startsWith('stranger'));
  await app.call(
    'POST',
    `${at}/consents`,
    fans.map((fan) => consent(fan, START - 300 * 24 * HOUR)),
  );
  const events = said.map(({ at: occurredAt, kind = 'comment', ...rest }, i) => ({
    ...{ id: `e${i}`, network: 'facebook', kind, occurredAt },
    ...rest,
  }));
  const { status } = await app.call('POST', `${at}/events`, events);
  expect(status).toBe(200);
  const { record } = app.app.lines.find(brand)!;
  return {
    brand,
    record,
    fold: () => foldHours(app.database.sql, record, now),
    ask: async (query: string): Promise<History> => {
      const { status: code, body } = await app.call('GET', `${at}/metrics.json?${query}`);
      expect([code, body]).toEqual([200, body]);
      return body;
    },
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(`${app.url}/api/v1${at}/${path}`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } }),
  };
}

/** What has a dimension too; the others are in history-wholes.test.ts. */
const OF_CELLS = ['engagements@1', 'reach.active@1', 'sentiment@1', 'coverage@1'] as const;

/** Rows with something in them, in short. */
function brief(rows: readonly HistoryRow[]): string[] {
  return rows.flatMap(({ from, day, key, measures }) => {
    const told = OF_CELLS.map((metric) => {
      const { value, suppressed, kind } = measures[metric]!;
      return suppressed ? '<k' : kind === 'unavailable' ? '-' : String(value);
    });
    return told.join() === '0,0,-,-' ? [] : [`${day ?? from.slice(0, 13)} ${key ?? ''} ${told.join(' ')}`];
  });
}

const many = (count: number, at: string, more: Partial<Said> = {}): Said[] =>
  Array.from({ length: count }, (_, i) => ({ at, fan: `f${i}`, ...more }));

describe('history', () => {
  it('tells hours and days of the brand, over a change of clocks, from minutes and from folded hours alike', async () => {
    const { ask, fold } = await brandOf(plain, [
      { at: '2026-03-28T22:59:59Z', fan: 'a', text: 'good' },
      { at: '2026-03-28T23:00:00Z', fan: 'a', text: 'bad', campaign: 'noël' },
      { at: '2026-03-29T21:59:00Z', fan: 'b', text: 'good' },
      { at: '2026-03-29T21:59:30Z', fan: 'b', text: 'so so' },
      { at: '2026-03-29T21:10:00Z', fan: 'stranger' },
      { at: '2026-03-29T22:00:00Z', fan: 'a', kind: 'reaction' },
    ]);
    const days = 'from=2026-03-28&to=2026-03-31&grain=day';
    const byDay = await ask(days);
    expect(byDay).toMatchObject({ timeZone: 'Europe/Paris', audience: 'team', by: null, k: 1 });
    // The Sunday has 23 hours: from 23:00 to 22:00 UTC.
    expect(byDay.rows.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / HOUR)).toEqual([
      24, 23, 24,
    ]);
    expect(brief(byDay.rows)).toEqual([
      '2026-03-28  1 1 100 1',
      '2026-03-29  3 2 -25 0.75',
      '2026-03-30  1 1 - 1',
    ]);
    expect(byDay.rows[1]!.measures['sentiment@1']).toMatchObject({
      ...{ n: 2, kind: 'computed' },
      parts: { positive: 1, neutral: 1, negative: 1, messageWeighted: 0 },
    });
    const hours = 'from=2026-03-28T22:00:00Z&to=2026-03-30T00:30:00%2B02:00';
    const byHour = await ask(hours);
    expect(byHour).toMatchObject({ to: '2026-03-29T23:00:00.000Z', rows: { length: 25 } });
    expect(brief(byHour.rows)).toEqual([
      '2026-03-28T22  1 1 100 1',
      '2026-03-28T23  1 1 -100 1',
      `2026-03-29T21  2 1 50 ${Math.round((2 / 3) * 1e9) / 1e9}`,
      '2026-03-29T22  1 1 - 1',
    ]);
    const byCampaign = await ask(`${days}&by=campaign`);
    expect(brief(byCampaign.rows)).toEqual(['2026-03-29 noël 1 1 -100 -']);
    const byNetwork = await ask(`${days}&by=network`);
    expect(brief(byNetwork.rows)[1]).toBe('2026-03-29 facebook 3 2 -25 0.75');
    expect(await fold()).toBeGreaterThan(0);
    expect([await ask(days), await ask(hours)]).toEqual([byDay, byHour]);
    expect(await ask(`${days}&by=campaign`)).toEqual(byCampaign);
  });

  it('is exact where days begin at half an hour', async () => {
    const said = [
      { at: '2026-03-28T18:29:00Z', fan: 'a' },
      { at: '2026-03-28T18:30:00Z', fan: 'b' },
      { at: '2026-03-28T18:31:00Z', fan: 'b' },
    ];
    const { ask, fold } = await brandOf(plain, said, 'Asia/Kolkata');
    await fold();
    const { rows } = await ask(
      'from=2026-03-28&to=2026-03-30&grain=day&metrics=engagements@1,reach.active@1',
    );
    expect(
      rows.map(({ day, measures }) => [day, ...Object.values(measures).map(({ value }) => value)]),
    ).toEqual([
      ['2026-03-28', 1, 1],
      ['2026-03-29', 2, 1],
    ]);
  });

  it('forgets who withdraws, in hours that were folded long ago', async () => {
    const { ask, fold, brand } = await brandOf(plain, [
      { at: '2026-03-01T10:00:00Z', fan: 'a', text: 'good' },
      { at: '2026-03-01T10:10:00Z', fan: 'b', text: 'bad' },
    ]);
    await fold();
    const query = 'from=2026-03-01&to=2026-03-02';
    expect(brief((await ask(query)).rows)).toEqual(['2026-03-01T10  2 2 0 1']);
    await plain.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'a' });
    expect(brief((await ask(query)).rows)).toEqual(['2026-03-01T10  1 1 -100 1']);
  });

  it('hides what is about few people, with company in every direction', async () => {
    const { ask } = await brandOf(shy, [
      ...many(30, '2026-03-29T08:00:00Z', { kind: 'reaction' }),
      ...many(12, '2026-03-29T09:00:00Z', { kind: 'reaction' }),
      ...many(4, '2026-03-29T11:00:00Z', { kind: 'share' }),
    ]);
    const total = await ask('from=2026-03-29&to=2026-03-30&metrics=engagements@1');
    const shown = total.rows.flatMap(({ from, measures }) => {
      const { value, suppressed } = measures['engagements@1']!;
      return value === 0 ? [] : [[from.slice(11, 13), suppressed ? '<k' : value]];
    });
    // The four alone would be the day less the two other hours.
    expect(shown).toEqual([
      ['08', 30],
      ['09', '<k'],
      ['11', '<k'],
    ]);
    const day = await ask('from=2026-03-29&to=2026-03-30&grain=day');
    expect(brief(day.rows)).toEqual(['2026-03-29  46 30 - 1']);
    const kinds = await ask('from=2026-03-29&to=2026-03-30&grain=day&by=kind');
    expect(brief(kinds.rows)).toEqual(['2026-03-29 reaction <k <k <k <k', '2026-03-29 share <k <k <k <k']);
    const hourly = await ask('from=2026-03-29&to=2026-03-30&by=kind&metrics=engagements@1');
    for (const { measures } of hourly.rows)
      expect(measures['engagements@1']).toMatchObject({ value: null, n: null });
  });

  it('tells of frozen hours what is left of them', async () => {
    const { ask, record } = await brandOf(plain, [
      { at: '2026-03-28T10:00:00Z', fan: 'a', text: 'good', campaign: 'noël' },
      { at: '2026-03-28T11:00:00Z', fan: 'b', text: 'good' },
      { at: '2026-03-29T21:00:00Z', fan: 'stranger' },
    ]);
    now = Date.parse('2027-06-01T00:00:00Z');
    await prune(plain.database.sql, record, now);
    const { rows } = await ask('from=2026-03-28&to=2026-03-30&grain=day');
    expect(brief(rows)).toEqual(['2026-03-28  2 - - 1', '2026-03-29  0 - - 0']);
    expect(rows[0]!.measures['sentiment@1']).toMatchObject({
      ...{ value: null, kind: 'unavailable' },
      parts: { positive: 2, neutral: 0, negative: 0, messageWeighted: 100 },
    });
    const byCampaign = await ask('from=2026-03-28&to=2026-03-30&by=campaign');
    expect(brief(byCampaign.rows)).toEqual(['2026-03-28T10 noël 1 - - -']);
  });

  it('answers 304 while nothing has changed, and the same as CSV', async () => {
    const { ask, get, brand } = await brandOf(plain, [
      { at: '2026-03-28T10:00:00Z', fan: 'a', text: 'good', campaign: '=1+1' },
    ]);
    const query = `from=2026-03-28&to=2026-03-29&grain=day&by=campaign&metrics=${OF_CELLS.join()}`;
    const first = await get(`metrics.json?${query}`);
    const etag = first.headers.get('etag')!;
    expect([first.status, first.headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
    const again = await get(`metrics.json?${query}`, { 'if-none-match': `"x", ${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get(`metrics.json?${query}`, { 'if-none-match': '"x"' })).status).toBe(200);
    const csv = await (await get(`metrics.csv?${query}`)).text();
    const [{ measures }] = (await ask(query)).rows as [HistoryRow];
    expect(csv.split('\r\n')[1]).toBe(
      `2026-03-27T23:00:00.000Z,2026-03-28T23:00:00.000Z,2026-03-28,'=1+1,` +
        `${measures['engagements@1']!.value},measured,1,computed,100,computed,1,0,0,100,,unavailable,,`,
    );
    await plain.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'a' });
    expect((await get(`metrics.json?${query}`, { 'if-none-match': etag })).status).toBe(200);
  });

  it('refuses what cannot be asked, with a reason', async () => {
    const { get, brand } = await brandOf(plain, []);
    const bad: Record<string, string> = {
      '': 'from: is an RFC 3339',
      'from=2026-03-28': 'to: is an RFC 3339',
      'from=0000-01-01T00:00:00Z&to=2026-03-28': 'from: is an RFC 3339',
      'from=2026-02-30&to=2026-03-28': 'from: is an RFC 3339',
      'from=2026-03-28&to=2026-03-28': 'to: is not after from',
      'from=2026-03-29&to=2026-03-28': 'to: is not after from',
      'from=2026-04-01&to=2026-04-02': 'from: is in the future',
      'from=2026-03-29&to=2026-03-30T11:00:01Z': 'to: is in the future',
      'from=2026-03-29&to=2026-04-01&grain=day': 'to: is in the future',
      'from=2024-02-27&to=2026-03-01': 'from: no more than 25 months',
      'from=2026-03-28&to=2026-03-29&grain=week': 'grain: is one of hour, day',
      'from=2026-03-28&to=2026-03-29&by=fan': 'by: is one of network',
      'from=2026-03-28&to=2026-03-29&metrics=reach.active': 'metrics: is one of',
      'from=2026-03-28&from=2026-03-29&to=2026-03-30': 'from: is an RFC 3339',
    };
    for (const [query, detail] of Object.entries(bad)) {
      for (const format of ['json', 'csv']) {
        const answer = await get(`metrics.${format}?${query}`);
        const body = (await answer.json()) as { code: string; detail: string };
        expect([query, answer.status, body.code, body.detail.slice(0, detail.length)]).toEqual([
          ...[query, 400, 'bad_field', detail],
        ]);
      }
    }
    expect((await get('metrics.csv?from=2026-03-30T10:00:00Z&to=2026-03-30T11:00:00Z')).status).toBe(200);
    const stranger = await fetch(
      `${plain.url}/api/v1/brands/${brand}/metrics.csv?from=2026-03-28&to=2026-03-29`,
    );
    expect(stranger.status).toBe(401);
  });

  it('tells again what is new or has changed, a withdrawal in the past too, as JSON, CSV and Parquet', async () => {
    const days = ['2026-03-26', '2026-03-27', '2026-03-28'];
    const said = days.flatMap((day) => ['ada', 'bob'].map((fan) => ({ at: `${day}T10:00:00Z`, fan })));
    const { brand, ask, get } = await brandOf(plain, [...said, { at: '2026-03-26T11:00:00Z', fan: 'eve' }]);
    const query = 'from=2026-03-26&to=2026-03-29&grain=day';
    const first = await ask(query);
    expect(first.rows).toHaveLength(3);
    expect((await ask(`${query}&cursor=${first.next}`)).rows).toEqual([]);
    await plain.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'eve' });
    const second = await ask(`${query}&cursor=${first.next}`);
    expect(second.rows.map(({ day, measures }) => [day, measures['engagements@1']?.value])).toEqual([
      ['2026-03-26', 2],
    ]);
    expect(
      (await (await get(`metrics.csv?${query}&cursor=${first.next}`)).text()).split('\r\n'),
    ).toHaveLength(3);
    const parquet = Buffer.from(await (await get(`metrics.parquet?${query}`)).arrayBuffer());
    expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    expect(parquet.toString('latin1')).toContain(second.next);
    expect((await get(`metrics.json?${query}&grain=hour&cursor=${first.next}`)).status).toBe(400);
    expect(
      (await get(`metrics.json?from=2026-03-26&to=2026-03-29&grain=hour&cursor=${first.next}`)).status,
    ).toBe(400);
  });
});
