import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  canonical,
  checkSnapshotFile,
  type Problem,
  type Snapshot,
  type SnapshotDetail,
  type SnapshotList,
  type SnapshotMeta,
} from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const START = Date.parse('2026-11-22T10:00:30Z');
const MINUTE = 60_000;
const FANS = Array.from({ length: 70 }, (_, i) => `fan-${i}`);

let app: TestApp;
let now = START;
beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 10 });
});
afterAll(() => app.close());

async function fill(brand: string, fans: readonly string[] = FANS): Promise<void> {
  const consents = fans.map((fan) =>
    consent(fan, now - 60 * MINUTE, { measure: true, influence: true, quote: true }),
  );
  await app.call('POST', `/brands/${brand}/consents`, consents);
  const occurredAt = new Date(now - 2 * MINUTE).toISOString();
  const event = {
    network: 'facebook',
    kind: 'comment',
    text: 'good secret words',
    occurredAt,
    object: 'post-1',
  };
  await app.call(
    'POST',
    `/brands/${brand}/events`,
    fans.map((fan) => ({ ...event, id: `e-${fan}`, fan })),
  );
}

const freeze = async (brand: string, body: object = { window: '1h' }): Promise<SnapshotMeta> => {
  const answer = await app.call('POST', `/brands/${brand}/snapshots`, body);
  expect(answer.status).toBe(201);
  return answer.body;
};
const download = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/v1/snapshots/${id}.json`, {
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
  });
const contentOf = async (id: string): Promise<Snapshot> =>
  ((await (await download(id)).json()) as { snapshot: Snapshot }).snapshot;
const detailOf = async (id: string): Promise<SnapshotDetail> =>
  (await app.call('GET', `/snapshots/${id}`)).body;
const withdraw = async (brand: string, fans: readonly string[]) => {
  for (const fan of fans)
    await app.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan });
};

describe('a snapshot', () => {
  it('is the board as it was, in bytes that never change and can be checked offline', async () => {
    const brand = await app.makeBrand();
    await fill(brand);
    const board = await app.board(brand, '1h');
    const title = '=HYPERLINK("x") 🎄 ‏مرحبا';
    const { id, sha256, ...meta } = await freeze(brand, { window: '1h', title: `  ${title} ` });
    expect(meta).toEqual({
      brand,
      title,
      window: '1h',
      audience: 'team',
      asOf: board.asOf,
      createdAt: board.asOf,
    });
    expect(id).toMatch(/^[\w-]{22}$/);

    const answer = await download(id);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(answer.headers.get('etag')).toBe(`"${sha256}"`);
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(answer.headers.get('content-digest')).toBe(`sha-256=:${digest}:`);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="fanfare-${brand}-1h-20261122T100030Z.json"`,
    );
    expect(await checkSnapshotFile(bytes)).toMatchObject({
      result: 'intact',
      sha256,
      heading: { id, title },
    });

    const frozen = await contentOf(id);
    expect(createHash('sha256').update(canonical(frozen)).digest('hex')).toBe(sha256);
    for (const part of ['measures', 'breakdowns', 'series', 'top', 'asOf', 'k', 'epoch', 'seq'] as const)
      expect(frozen[part]).toEqual(board[part]);
    expect(frozen.window).toEqual({
      name: '1h',
      from: '2026-11-22T09:01:00.000Z',
      to: '2026-11-22T10:01:00.000Z',
      timeZone: 'Europe/Paris',
    });

    await withdraw(brand, FANS.slice(0, 30));
    now += 5 * MINUTE;
    expect((await app.board(brand, '1h')).measures['engagements@1']?.value).toBe(40);
    expect(new Uint8Array(await (await download(id)).arrayBuffer())).toEqual(bytes);
    expect((await download(id, { 'if-none-match': `"x", "${sha256}"` })).status).toBe(304);
  });

  it('holds nothing of anybody, and names every cell that is hidden', async () => {
    const brand = await app.makeBrand();
    await fill(brand, FANS.slice(0, 20));
    const late = {
      network: 'x',
      kind: 'share',
      fan: 'fan-0',
      occurredAt: new Date(now).toISOString(),
      id: 'late',
    };
    await app.call(
      'POST',
      `/brands/${brand}/consents`,
      consent('fan-0', now - MINUTE, { measure: true }, 'x'),
    );
    await app.call('POST', `/brands/${brand}/events`, { ...late, campaign: '=1+1' });
    const { id } = await freeze(brand, { window: '24h' });
    const text = await (await download(id)).text();
    expect(text).not.toMatch(/secret words|fan-\d|e-fan|late/);
    const { hidden, breakdowns } = await contentOf(id);
    expect(hidden.breakdowns['network']).toEqual(['facebook', 'x']);
    expect(breakdowns['network']!['x']!['engagements@1']).toMatchObject({ value: null, suppressed: true });
  });

  it('is what the public sees on request: coarse, and with higher thresholds', async () => {
    const brand = await app.makeBrand();
    await fill(brand);
    await app.call('GET', `/brands/${brand}/public-board?window=1h`);
    const { id, audience } = await freeze(brand, { window: '1h', audience: 'public' });
    expect(audience).toBe('public');
    const shown = (await app.call('GET', `/brands/${brand}/public-board?window=1h`)).body as Snapshot;
    const frozen = await contentOf(id);
    expect(frozen.measures).toEqual(shown.measures);
    expect(frozen.measures['engagements@1']?.value).toBe(70);
    now += 1;
    await withdraw(brand, FANS.slice(0, 60));
    now += 16 * MINUTE;
    expect((await detailOf(id)).withdrawals).toMatchObject({ value: 60, k: 50 });
  });

  it('tells how many fans withdrew since, below k as fewer than k', async () => {
    const brand = await app.makeBrand();
    await fill(brand);
    await withdraw(brand, FANS.slice(60, 70));
    now += 1;
    const { id } = await freeze(brand);
    expect((await detailOf(id)).withdrawals).toMatchObject({ value: 0, k: 10 });
    now += MINUTE;
    await withdraw(brand, FANS.slice(0, 9));
    await withdraw(brand, FANS.slice(0, 9));
    expect((await detailOf(id)).withdrawals).toEqual({
      value: null,
      suppressed: true,
      k: 10,
      asOf: new Date(now).toISOString(),
    });
    await app.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: 'fan-9' });
    expect((await detailOf(id)).withdrawals).toMatchObject({ value: 10 });
  });

  it('can be made of an empty brand, and twice in one instant', async () => {
    const brand = await app.makeBrand();
    const [a, b] = await Promise.all([freeze(brand, { window: '30d' }), freeze(brand, { window: '30d' })]);
    expect(a.createdAt).toBe(b.createdAt);
    expect(a.id).not.toBe(b.id);
    expect(a.sha256).not.toBe(b.sha256);
    const [x, y] = [await contentOf(a.id), await contentOf(b.id)];
    expect({ ...x, id: '' }).toEqual({ ...y, id: '' });
    expect(x.measures['engagements@1']?.value).toBe(0);
    expect(x.hidden).toEqual({ measures: [], breakdowns: {}, series: {} });
  });
});

describe('snapshots of a brand', () => {
  it('are listed newest first, in pages, and are nobody else’s', async () => {
    const [brand, other] = [await app.makeBrand(), await app.makeBrand()];
    const made: string[] = [];
    for (let i = 0; i < 5; i++) {
      if (i !== 2) now += 1_000;
      made.push((await freeze(brand, { window: '5m', title: `n ${i}` })).id);
    }
    await freeze(other);
    const pages: string[][] = [];
    for (let next: string | null = ''; next !== null;) {
      const before: string = next === '' ? '' : `&before=${next}`;
      const list = (await app.call('GET', `/brands/${brand}/snapshots?limit=2${before}`))
        .body as SnapshotList;
      pages.push(list.snapshots.map(({ id }) => id));
      next = list.next;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const [second, third] = [made[1]!, made[2]!].sort().reverse();
    expect(pages.flat()).toEqual([made[4], made[3], second, third, made[0]]);
  });

  it('go with a delete, or with the brand, and their hash with them', async () => {
    const brand = await app.makeBrand();
    const [one, two] = [await freeze(brand), await freeze(brand)];
    const open = (id: string) => fetch(`${app.url}/api/v1/snapshots/${id}/sha256`);
    expect(await (await open(one.id)).json()).toEqual({ id: one.id, sha256: one.sha256 });
    expect((await app.call('DELETE', `/snapshots/${one.id}`)).status).toBe(204);
    expect((await app.call('DELETE', `/snapshots/${one.id}`)).status).toBe(404);
    expect((await open(one.id)).status).toBe(404);
    expect((await download(one.id)).status).toBe(404);
    await app.call('DELETE', `/brands/${brand}`);
    expect((await open(two.id)).status).toBe(404);
    const [row] = await app.database
      .sql`select count(*)::int as n from snapshot where id in (${one.id}, ${two.id})`;
    expect(row).toEqual({ n: 0 });
  });

  it('cannot be changed, not even in the database; one that was is not handed out', async () => {
    const brand = await app.makeBrand();
    const { id } = await freeze(brand);
    const { sql } = app.database;
    await expect(sql`update snapshot set title = 'other' where id = ${id}`).rejects.toThrow('never changed');
    await sql`alter table snapshot disable trigger snapshot_is_final`;
    await sql`update snapshot set canonical = set_byte(canonical, 40, get_byte(canonical, 40) # 1) where id = ${id}`;
    await sql`alter table snapshot enable trigger snapshot_is_final`;
    expect((await download(id)).status).toBe(500);
  });

  it('refuse what is not asked for well, and who may not ask', async () => {
    const brand = await app.makeBrand();
    const path = `/brands/${brand}/snapshots`;
    const bad: unknown[] = [
      {},
      { window: '2h' },
      { window: '1h', audience: 'press' },
      { window: '1h', title: 'x'.repeat(121) },
      { window: '1h', title: 'a\nb' },
      { window: '1h', title: 'a\u0000' },
      '{"window":"1h","title":"\\ud800"}',
      { window: '1h', other: 1 },
      [],
      'null',
    ];
    for (const body of bad) {
      const { status, body: problem } = await app.call('POST', path, body);
      expect([status, (problem as Problem).code], JSON.stringify(body)).toEqual([400, 'bad_field']);
    }
    await freeze(brand, { window: '1h', title: '🎄'.repeat(120) });
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'before=1', 'limit=1&limit=2'])
      expect((await app.call('GET', `${path}?${query}`)).status, query).toBe(400);
    expect((await app.call('POST', '/brands/nobody/snapshots', { window: '1h' })).status).toBe(404);
    const { id } = await freeze(brand);
    const guest = (method: string, at: string) => fetch(`${app.url}/api/v1${at}`, { method });
    expect((await guest('POST', path)).status).toBe(401);
    expect((await guest('GET', path)).status).toBe(401);
    for (const at of [`/snapshots/${id}`, `/snapshots/${id}.json`, `/snapshots/${'a'.repeat(22)}`])
      expect((await guest('GET', at)).status, at).toBe(401);
    expect((await guest('DELETE', `/snapshots/${id}`)).status).toBe(401);
    for (const odd of ['x', '%00', "a'--", 'a'.repeat(300), `${id}.csv`])
      expect((await app.call('GET', `/snapshots/${odd}`)).status, odd).toBe(404);
  });
});
