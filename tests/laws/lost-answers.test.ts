import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, EventBody } from '@fanfare/contract';
import type { Ledger } from '@fanfare/server/parts.ts';
import { differences } from '../support/compare.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { randomFrom } from '../support/random.ts';
import { histories } from './histories.ts';
import { World } from './world.ts';

const RUNS = Number(process.env['RUNS'] ?? 40);
const T0 = Date.parse('2026-03-01T12:00:00Z');
const like: EventBody = {
  id: 'like',
  rev: 0,
  verb: 'add',
  network: 'facebook',
  kind: 'reaction',
  fan: 'ada',
  occurredAt: T0,
};

/** What befalls a transaction: it works, it fails, or it commits and the answer is lost on the way. */
type Fate = 'works' | 'fails' | 'lost';

/** A ledger whose transactions meet their fates in order. */
function fated(next: () => Fate): (ledger: Ledger) => Ledger {
  const meet = async <T>(commit: () => Promise<T>): Promise<T> => {
    const fate = next();
    if (fate === 'fails') throw new Error('refused');
    const answer = await commit();
    if (fate === 'lost') throw new Error('connection lost');
    return answer;
  };
  return (ledger) => ({
    ...ledger,
    record: (brand, batch) => meet(() => ledger.record(brand, batch)),
    recordNew: (brand, batch) => meet(() => ledger.recordNew(brand, batch)),
    consent: (brand, batch) => meet(() => ledger.consent(brand, batch)),
    publishNotice: (...notice) => meet(() => ledger.publishNotice(...notice)),
  });
}

/** Refusals are bare counts: one whose answer was lost is counted again. They show in coverage alone. */
function withoutCoverage(boards: readonly Board[]): unknown {
  return JSON.parse(
    JSON.stringify(boards, (key, value: unknown) => (/^coverage/.test(key) ? undefined : value)),
  );
}

describe('a brand whose database loses answers', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ max: 6 });
  });
  afterAll(() => database.drop());

  const worldWith = async (...fates: Fate[]): Promise<World> => {
    const world = await World.create(database, { between: fated(() => fates.shift() ?? 'works') });
    world.now = T0;
    return world;
  };
  const consenting = { now: T0, type: 'act', fan: 'ada', purposes: { measure: true }, at: T0 } as const;

  it('does not count an event twice when it is sent again', async () => {
    const world = await worldWith('works', 'lost');
    await world.play(consenting);
    await expect(world.events(T0, [like])).rejects.toThrow('connection lost');
    expect(await world.events(T0, [like])).toMatchObject({ counted: 0, duplicate: 1 });
    expect(world.boards()[1]!.measures['engagements@1']!.value).toBe(1);
  });

  it('lets nobody pass whose withdrawal was committed, though its answer was lost', async () => {
    const world = await worldWith('works', 'lost');
    await world.play(consenting);
    const leaving = { now: T0, type: 'withdraw', fan: 'ada', purposes: ['measure'] } as const;
    await expect(world.play(leaving)).rejects.toThrow('connection lost');
    expect(await world.events(T0, [like])).toMatchObject({ refused: 1 });
    expect(await world.held()).toEqual([]);
  });

  it('lets those pass whose consent was committed, though its answer was lost', async () => {
    const world = await worldWith('lost');
    await expect(world.play(consenting)).rejects.toThrow('connection lost');
    expect(await world.events(T0, [like])).toMatchObject({ counted: 1 });
  });

  it('lets nobody pass whose consent ended with a notice of a new meaning, though its answer was lost', async () => {
    const world = await worldWith('works', 'lost');
    await world.play(consenting);
    await world.line.draftNotice({ version: '2', locale: 'fr', title: 'Autre chose', body: 'Tout change.' });
    await expect(world.line.publishNotice('2', true)).rejects.toThrow('connection lost');
    expect(await world.events(T0 + 60_000, [{ ...like, occurredAt: T0 + 30_000 }])).toMatchObject({
      refused: 1,
    });
  });

  it('holds after any history what it would with a steady one, as everything is sent again', async () => {
    const cases = fc.tuple(histories(40), fc.nat({ max: 2 ** 31 - 1 }));
    const law = fc.asyncProperty(cases, async ([history, seed]) => {
      const random = randomFrom(seed);
      const fates: Fate[] = ['works', 'works', 'fails', 'lost'];
      const [steady, shaken] = await Promise.all([
        World.create(database),
        World.create(database, { between: fated(() => fates[Math.floor(random() * 4)]!) }),
      ]);
      const insist = async (work: () => Promise<unknown>): Promise<void> => {
        while (
          await work().then(
            () => false,
            () => true,
          )
        );
      };
      for (const step of history) {
        if (step.type === 'event') {
          await Promise.all([
            steady.events(step.now, [step.event]),
            insist(() => shaken.events(step.now, [step.event])),
          ]);
        } else await Promise.all([steady.play(step), insist(() => shaken.play(step))]);
      }
      expect(differences(withoutCoverage(shaken.boards()), withoutCoverage(steady.boards()))).toEqual([]);
      expect((await shaken.rollups()).stored).toBe((await steady.rollups()).stored);
    });
    await fc.assert(law, { numRuns: RUNS });
  });
});
