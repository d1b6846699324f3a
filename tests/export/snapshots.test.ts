import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonical, checkSnapshotFile, type Snapshot } from '@fanfare/contract';
import { consent } from '../support/app.ts';
import { FANS, MINUTE, raiseSnapshots, type SnapshotStage } from './snapshot-stage.ts';

let stage: SnapshotStage;
beforeAll(async () => {
  stage = await raiseSnapshots();
});
afterAll(() => stage.app.close());

describe('a snapshot', () => {
  it('is the board as it was, in bytes that never change and can be checked offline', async () => {
    const brand = await stage.app.makeBrand();
    await stage.fill(brand);
    const board = await stage.app.board(brand, '1h');
    const title = '=HYPERLINK("x") 🎄 ‏مرحبا';
    const { id, sha256, ...meta } = await stage.freeze(brand, { window: '1h', title: `  ${title} ` });
    expect(meta).toEqual({
      brand,
      title,
      window: '1h',
      audience: 'team',
      asOf: board.asOf,
      createdAt: board.asOf,
    });
    expect(id).toMatch(/^[\w-]{22}$/);

    const answer = await stage.download(id);
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

    const frozen = await stage.contentOf(id);
    expect(createHash('sha256').update(canonical(frozen)).digest('hex')).toBe(sha256);
    for (const part of ['measures', 'breakdowns', 'series', 'top', 'asOf', 'k', 'epoch', 'seq'] as const)
      expect(frozen[part]).toEqual(board[part]);
    expect(frozen.window).toEqual({
      name: '1h',
      from: '2026-11-22T09:01:00.000Z',
      to: '2026-11-22T10:01:00.000Z',
      timeZone: 'Europe/Paris',
    });

    await stage.withdraw(brand, FANS.slice(0, 30));
    stage.time.now += 5 * MINUTE;
    expect((await stage.app.board(brand, '1h')).measures['engagements@1']?.value).toBe(40);
    expect(new Uint8Array(await (await stage.download(id)).arrayBuffer())).toEqual(bytes);
    expect((await stage.download(id, { 'if-none-match': `"x", "${sha256}"` })).status).toBe(304);
  });

  it('holds nothing of anybody, and names every cell that is hidden', async () => {
    const brand = await stage.app.makeBrand();
    await stage.fill(brand, FANS.slice(0, 20));
    const late = {
      network: 'x',
      kind: 'share',
      fan: 'fan-0',
      occurredAt: new Date(stage.time.now).toISOString(),
      id: 'late',
    };
    await stage.app.call(
      'POST',
      `/brands/${brand}/consents`,
      consent('fan-0', stage.time.now - MINUTE, { measure: true }, 'x'),
    );
    await stage.app.call('POST', `/brands/${brand}/events`, { ...late, campaign: '=1+1' });
    const { id } = await stage.freeze(brand, { window: '24h' });
    const text = await (await stage.download(id)).text();
    expect(text).not.toMatch(/secret words|fan-\d|e-fan|late/);
    const { hidden, breakdowns } = await stage.contentOf(id);
    expect(hidden.breakdowns['network']).toEqual(['facebook', 'x']);
    expect(breakdowns['network']!['x']!['engagements@1']).toMatchObject({ value: null, suppressed: true });
  });

  it('is what the public sees on request: coarse, and with higher thresholds', async () => {
    const brand = await stage.app.makeBrand();
    await stage.fill(brand);
    await stage.app.call('GET', `/brands/${brand}/public-board?window=1h`);
    const { id, audience } = await stage.freeze(brand, { window: '1h', audience: 'public' });
    expect(audience).toBe('public');
    const shown = (await stage.app.call('GET', `/brands/${brand}/public-board?window=1h`)).body as Snapshot;
    const frozen = await stage.contentOf(id);
    expect(frozen.measures).toEqual(shown.measures);
    expect(frozen.measures['engagements@1']?.value).toBe(70);
    stage.time.now += 1;
    await stage.withdraw(brand, FANS.slice(0, 60));
    stage.time.now += 16 * MINUTE;
    expect((await stage.detailOf(id)).withdrawals).toMatchObject({ value: 60, k: 50 });
  });

  it('tells how many fans withdrew since, below k as fewer than k', async () => {
    const brand = await stage.app.makeBrand();
    await stage.fill(brand);
    await stage.withdraw(brand, FANS.slice(60, 70));
    stage.time.now += 1;
    const { id } = await stage.freeze(brand);
    expect((await stage.detailOf(id)).withdrawals).toMatchObject({ value: 0, k: 10 });
    stage.time.now += MINUTE;
    await stage.withdraw(brand, FANS.slice(0, 9));
    await stage.withdraw(brand, FANS.slice(0, 9));
    expect((await stage.detailOf(id)).withdrawals).toEqual({
      value: null,
      suppressed: true,
      k: 10,
      asOf: new Date(stage.time.now).toISOString(),
    });
    await stage.app.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: 'fan-9' });
    expect((await stage.detailOf(id)).withdrawals).toMatchObject({ value: 10 });
  });

  it('can be made of an empty brand, and twice in one instant', async () => {
    const brand = await stage.app.makeBrand();
    const [a, b] = await Promise.all([
      stage.freeze(brand, { window: '30d' }),
      stage.freeze(brand, { window: '30d' }),
    ]);
    expect(a.createdAt).toBe(b.createdAt);
    expect(a.id).not.toBe(b.id);
    expect(a.sha256).not.toBe(b.sha256);
    const [x, y] = [await stage.contentOf(a.id), await stage.contentOf(b.id)];
    expect({ ...x, id: '' }).toEqual({ ...y, id: '' });
    expect(x.measures['engagements@1']?.value).toBe(0);
    expect(x.hidden).toEqual({ measures: [], breakdowns: {}, series: {} });
  });
});
