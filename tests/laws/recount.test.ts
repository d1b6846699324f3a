import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { RecountReport } from '@fanfare/contract';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { consent, startApp, type TestApp, type TestOptions } from '../support/app.ts';
import { playSteps, steps } from './through-the-door.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const clock = () => NOW;

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function start(options: TestOptions = {}): Promise<TestApp> {
  return (app = await startApp({ clock, ...options }));
}

async function recount({ call }: TestApp, ...brands: string[]): Promise<RecountReport> {
  const { status, body } = await call('POST', '/recount', brands.length > 0 ? { brands } : undefined);
  expect(status).toBe(200);
  return body;
}

/** One consenting fan with a comment and two reactions, in two minutes. */
async function threeEvents({ call }: TestApp, brand: string): Promise<void> {
  await call('POST', `/brands/${brand}/consents`, consent('f', NOW - 86_400_000));
  const event = (id: string, kind: string, minute: number, more = {}) => ({
    ...{ id, kind, network: 'facebook', fan: 'f', occurredAt: new Date(NOW - minute * 60_000).toISOString() },
    ...more,
  });
  const { body } = await call('POST', `/brands/${brand}/events`, [
    event('a', 'comment', 3, { text: 'good', campaign: 'noël', lang: 'fr' }),
    event('b', 'reaction', 3),
    event('c', 'reaction', 2),
  ]);
  expect(body).toMatchObject({ counted: 3 });
}

describe('recounting the rollups from the ledger', () => {
  it('finds no difference after random histories with edits, removals, withdrawals and erasures', async () => {
    const running = await start();
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const brand = await running.makeBrand();
        await playSteps(running, brand, NOW, list);
        const { differing, brands } = await recount(running, brand);
        counted += brands[0]!.rollups;
        expect([differing, brands[0]!.differences]).toEqual([0, []]);
        const inSteps = await recountBrand(
          running.database.sql,
          running.app.lines.find(brand)!.record,
          brand,
          2,
        );
        expect(inSteps).toEqual(brands[0]);
      }),
      { numRuns: 25 },
    );
    // Histories that leave nothing behind would prove nothing.
    expect(counted).toBeGreaterThan(50);
    const all = await recount(running);
    expect(all.brands.length).toBe(running.app.lines.list().length);
    expect(all.differing).toBe(0);
  });

  it('speaks of a tally that adds one too many, and of one that forgets to subtract', async () => {
    const running = await start({
      tally: (recorded) => {
        const changes = tally(recorded);
        for (const change of changes) if (change.kind === 1) change.neutral++;
        return recorded.some(({ after }) => after === null) ? [] : changes;
      },
    });
    const brand = await running.makeBrand('maison');
    await threeEvents(running, brand);
    const plain = { network: 'facebook', campaign: '', language: '' };
    const off = { engagements: 0, positive: 0, neutral: 0, negative: 0 };
    expect((await recount(running, brand)).brands).toEqual([
      {
        brand,
        rollups: 3,
        differing: 1,
        differences: [
          {
            ...{
              ...plain,
              minute: '2026-03-01T11:57:00.000Z',
              kind: 'comment',
              campaign: 'noël',
              language: 'fr',
            },
            ...{ what: 'different', by: { ...off, neutral: 1 } },
          },
        ],
      },
    ]);
    await running.call('POST', `/brands/${brand}/events`, {
      ...{ id: 'c', network: 'facebook', verb: 'remove', rev: 1, occurredAt: new Date(NOW).toISOString() },
    });
    const [again] = (await recount(running, brand)).brands;
    expect(again!.differences[1]).toEqual({
      ...{ ...plain, minute: '2026-03-01T11:58:00.000Z', kind: 'reaction' },
      ...{ what: 'extra', by: { ...off, engagements: 1 } },
    });
  });

  it('speaks of a rollup changed or deleted by hand, repairs nothing, and leaves other brands alone', async () => {
    const running = await start();
    const [brand, other] = [await running.makeBrand('maison'), await running.makeBrand('voisine')];
    await threeEvents(running, brand);
    await threeEvents(running, other);
    const { sql } = running.database;
    const mine = sql`brand_id = (select id from brand where slug = ${brand})`;
    await sql`update rollup set engagements = engagements + 1 where kind = 1 and ${mine}`;
    await sql`delete from rollup where minute = ${NOW / 60_000 - 2} and ${mine}`;
    const off = { engagements: 0, positive: 0, neutral: 0, negative: 0 };
    for (let time = 0; time < 2; time++) {
      const report = await recount(running);
      expect(report.differing).toBe(2);
      expect(report.brands.map(({ brand: slug, differing }) => [slug, differing])).toEqual([
        [brand, 2],
        [other, 0],
      ]);
      expect(report.brands[0]!.differences).toMatchObject([
        {
          minute: '2026-03-01T11:57:00.000Z',
          kind: 'comment',
          what: 'different',
          by: { ...off, engagements: 1 },
        },
        {
          minute: '2026-03-01T11:58:00.000Z',
          kind: 'reaction',
          what: 'missing',
          by: { ...off, engagements: -1 },
        },
      ]);
    }
  });

  it('counts the first hundred one by one, and all of them', async () => {
    const running = await start();
    const brand = await running.makeBrand();
    const { sql } = running.database;
    await sql`insert into rollup select organisation_id, id, ${NOW / 60_000}::int - n, 0, 0, '', '', 1, 0, 0, 0
      from brand, generate_series(1, 150000, 100) as n where slug = ${brand}`;
    const [found] = (await recount(running, brand)).brands;
    expect([found!.rollups, found!.differing, found!.differences.length]).toEqual([1_500, 1_500, 100]);
    const record = running.app.lines.find(brand)!.record;
    expect(await recountBrand(sql, record, brand, 70)).toEqual(found);
  });

  it('sees one state while events flow', async () => {
    const running = await start();
    const brand = await running.makeBrand();
    await running.call('POST', `/brands/${brand}/consents`, consent('f', NOW - 86_400_000));
    const flowing = new AbortController();
    const flow = (async () => {
      for (let n = 0; !flowing.signal.aborted; n++) {
        const events = Array.from({ length: 50 }, (_, i) => ({
          ...{ id: `e${n}-${i}`, network: 'facebook', kind: 'reaction', fan: 'f' },
          occurredAt: new Date(NOW - ((n * 50 + i) % 300) * 60_000).toISOString(),
        }));
        await running.call('POST', `/brands/${brand}/events`, events);
      }
    })();
    for (let time = 0; time < 20; time++) expect((await recount(running, brand)).differing).toBe(0);
    flowing.abort();
    await flow;
  });

  it('is for those with every right', async () => {
    const running = await start();
    for (const method of ['GET', 'POST']) {
      expect((await fetch(`${running.url}/api/v1/recount`, { method })).status).toBe(401);
    }
    expect(await running.call('GET', '/recount')).toEqual({ status: 200, body: { last: null } });
    expect((await running.call('POST', '/recount', { brands: ['nobody'] })).status).toBe(404);
    expect((await running.call('POST', '/recount', { brand: 'maison' })).status).toBe(400);
  });
});
