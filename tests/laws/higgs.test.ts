import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WINDOWS, type Board } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { differences, valuesOf } from '../support/compare.ts';
import { needData } from '../support/data.ts';
import { naive } from '../support/naive.ts';
import { randomFrom, shuffled } from '../support/random.ts';
import { consents, influences, readHiggs, type Interaction } from './higgs.ts';

const ROWS = 60_000;
/** Interactions of one request; the clock moves from request to request. */
const RUN = 1_500;
const END = Date.parse('2026-11-20T12:00:30Z');
const LEAVING = 100;

describe('the Higgs recording, replayed with every second fan consenting', () => {
  let test: TestApp;
  // Before all of it: windows never go back.
  let now = END - 30 * 86_400_000;

  beforeAll(async () => {
    test = await startApp({ clock: () => now });
  });
  afterAll(() => test.close());

  const ndjson = (items: readonly object[]) => items.map((item) => JSON.stringify(item)).join('\n');
  /** Those who consent among the people of these interactions, objects' owners included. */
  const consenting = (all: readonly Interaction[]) => [
    ...new Set(all.flatMap(({ fan, objectOwner }) => [fan, objectOwner]).filter(consents)),
  ];
  const replay = async (
    brand: string,
    all: readonly Interaction[],
    fans: readonly string[],
    halfway: (past: readonly Interaction[]) => Promise<void> = () => Promise.resolve(),
  ) => {
    const start = all[0]!.occurredAt - 60_000;
    now = start;
    const records = fans.map((fan) =>
      consent(fan, start, { measure: true, influence: influences(fan) }, 'x'),
    );
    await test.call('POST', `/brands/${brand}/consents`, ndjson(records), 'application/x-ndjson');
    for (let from = 0; from < all.length; from += RUN) {
      const run = all.slice(from, from + RUN);
      now = run.at(-1)!.occurredAt;
      const events = run.map((event) => ({ ...event, occurredAt: new Date(event.occurredAt).toISOString() }));
      const { body } = await test.call(
        'POST',
        `/brands/${brand}/events`,
        ndjson(events),
        'application/x-ndjson',
      );
      const counted = run.filter(({ fan }) => consents(fan)).length;
      expect(body).toMatchObject({
        received: run.length,
        counted,
        refused: run.length - counted,
        rejected: 0,
      });
      if (from === Math.floor(all.length / RUN / 2) * RUN) await halfway(all.slice(0, from + RUN));
    }
    now = END;
  };
  const boards = (brand: string): Promise<Board[]> =>
    Promise.all(WINDOWS.map((window) => test.board(brand, window)));
  const disagreements = async (brand: string, past: readonly Interaction[]): Promise<string[]> => {
    const refused = past.filter(({ fan }) => !consents(fan)).map(({ occurredAt }) => occurredAt);
    const held = past
      .filter(({ fan }) => consents(fan))
      .map((one) => ({ ...one, owner: influences(one.objectOwner) ? one.objectOwner : undefined }));
    return (await boards(brand)).flatMap((board, w) => {
      const { tables, ...expected } = naive(held, refused, WINDOWS[w]!, now);
      const most = Object.entries(tables[2]!).sort(([a, [x]], [b, [y]]) => y! - x! || (a < b ? -1 : 1));
      const top = Object.fromEntries(most.slice(0, 10));
      return differences(valuesOf(board), { ...expected, tables: [tables[0], tables[1], top] }, WINDOWS[w]);
    });
  };

  it(
    'has live boards equal to a batch recomputation, and to a run without those who leave',
    { timeout: 180_000 },
    async (context) => {
      const all = await readHiggs(needData(context, 'interactions/higgs-first-half.tsv.gz'), ROWS, END);
      const brand = await test.makeBrand('higgs');
      const fans = consenting(all);
      await replay(brand, all, fans, async (past) => {
        expect(await disagreements(brand, past)).toEqual([]);
      });
      expect(await disagreements(brand, all)).toEqual([]);

      const leaving = new Set(shuffled(fans, randomFrom(20_261_122)).slice(0, LEAVING));
      const busiest = [...Map.groupBy(all, ({ objectOwner }) => objectOwner)].sort(
        (a, b) => b[1].length - a[1].length,
      );
      leaving.add(busiest.find(([fan]) => influences(fan))![0]);
      for (const fan of leaving)
        await test.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'x', fan });

      const without = await test.makeBrand('without');
      const others = all.filter(({ fan }) => !leaving.has(fan));
      expect(others.length).toBeLessThan(all.length);
      await replay(
        without,
        others,
        fans.filter((fan) => !leaving.has(fan)),
      );
      const bare = (list: Board[]) =>
        list.map(({ brand: _brand, epoch: _epoch, seq: _seq, ...rest }) => rest);
      expect(differences(bare(await boards(brand)), bare(await boards(without)))).toEqual([]);
    },
  );
});
