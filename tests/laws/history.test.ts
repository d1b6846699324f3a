import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tally } from '@fanfare/server/pipeline/tally.ts';
import { admit } from '@fanfare/server/pipeline/admit.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { FANS } from './commands.ts';
import { histories } from './histories.ts';
import { checkLaws, type Case } from './laws.ts';
import type { WorldRooms } from './world.ts';

const RUNS = Number(process.env['RUNS'] ?? 300);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
/** Histories played at the same time, each in worlds of its own. */
const LANES = 4;
const PATIENCE = 300_000;

describe('a brand after any history', () => {
  let database: TestDatabase;
  const cases: fc.Arbitrary<Case> = fc.tuple(
    histories(60),
    fc.constantFrom(...FANS),
    fc.boolean(),
    fc.nat({ max: 2 ** 31 - 1 }),
  );
  const laws = (rooms?: WorldRooms) => fc.asyncProperty(cases, (one) => checkLaws(database, one, rooms));

  beforeAll(async () => {
    database = await testDatabase({ max: LANES * 2 });
  });
  afterAll(() => database.drop());

  it('keeps laws 1 to 4', { timeout: PATIENCE }, async () => {
    console.log(`laws: ${RUNS} histories, seed ${SEED} (repeat with SEED=${SEED})`);
    await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        fc.assert(laws(), { numRuns: Math.ceil(RUNS / LANES), seed: SEED + lane }),
      ),
    );
  });

  describe('with a planted fault', () => {
    const faults: Record<string, WorldRooms> = {
      'a tally that forgets the minus of an edit': {
        tally: (recorded) =>
          tally(recorded.map(({ before, after }) => ({ before: after ? null : before, after }))),
      },
      'a tally that forgets the minus of a withdrawal': {
        tally: (recorded) => tally(recorded.filter(({ after }) => after)),
      },
      'a gate that lets a withdrawn fan pass': {
        admit: (event, gate, now) =>
          admit(event, { ...gate, consents: () => true, measures: () => true }, now),
      },
      'a gate that does not ask when it happened': {
        admit: (event, gate, now) =>
          admit(event, { ...gate, measures: (fan, _at, at) => gate.measures(fan, at, at) }, now),
      },
      'a gate that forgets to ask the owner': {
        admit: (event, gate, now) => admit(event, { ...gate, influences: (fan) => fan >= 0 }, now),
      },
    };
    for (const [name, rooms] of Object.entries(faults)) {
      it(`turns red for ${name}`, { timeout: PATIENCE }, async () => {
        const { failed, errorInstance } = await fc.check(laws(rooms), {
          numRuns: RUNS,
          seed: SEED,
          endOnFailure: true,
        });
        expect(failed).toBe(true);
        expect(errorInstance).toMatchObject({ name: 'Broken' });
      });
    }
  });
});
