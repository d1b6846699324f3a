import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PURPOSES } from '@fanfare/contract';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { FANS, type Step } from './commands.ts';
import { PlainWords, concerns, histories } from './words.ts';
import { World, type WorldRooms } from './world.ts';

const RUNS = Number(process.env['RUNS'] ?? 60);
const SEED = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const LANES = 4;

/** A law about words that does not hold. */
class Broken extends Error {
  override readonly name = 'Broken';
}

function demand(law: string, found: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Broken(`${law}: ${a}, expected ${b}`);
}

/** What both audiences are shown, without the ids: they follow from the key of each brand. */
function shown(world: World): readonly object[] {
  const excerpts = world.line.excerpts(world.now);
  return [...excerpts.shown('team'), ...excerpts.shown('public')].map(({ id: _id, ...said }) => said);
}

async function play(world: World, step: Step): Promise<void> {
  if (step.type === 'event') await world.events(step.now, [step.event]);
  else await world.play(step);
}

describe('words of fans after any history', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase({ max: LANES * 2 });
  });
  afterAll(() => database.drop());

  const kept = async (world: World) => {
    const { organisation, id } = world.line.record;
    return database.sql<{ at: number; purposes: number }[]>`select at, purposes from excerpt
      where organisation_id = ${organisation} and brand_id = ${id} order by at, purposes`;
  };

  async function check(
    history: readonly Step[],
    fan: string,
    erased: boolean,
    rooms?: WorldRooms,
  ): Promise<void> {
    const [whole, never] = await Promise.all([World.create(database, rooms), World.create(database, rooms)]);
    const model = new PlainWords();
    for (const step of history) {
      await play(whole, step);
      model.live(step);
      const excerpts = whole.line.excerpts(whole.now);
      const [team, open] = [excerpts.shown('team'), excerpts.shown('public')].map((l) =>
        l.map((e) => e.text),
      );
      demand('shown to the team', team, model.shown('quote', whole.now));
      demand('shown to the public', open, model.shown('wall', whole.now));
    }
    for (const step of history) if (!concerns(step, fan)) await play(never, step);
    never.now = whole.now;
    const leave = { now: whole.now, fan };
    await whole.play(
      erased ? { ...leave, type: 'erase' } : { ...leave, type: 'withdraw', purposes: PURPOSES },
    );
    demand('withdrawn ≡ never written', shown(whole), shown(never));
    demand('withdrawn ≡ never written, rows', await kept(whole), await kept(never));
    await whole.restart();
    demand('live ≡ ledger', shown(whole), shown(never));
  }

  const laws = (rooms?: WorldRooms) =>
    fc.asyncProperty(histories, fc.constantFrom(...FANS), fc.boolean(), (history, fan, erased) =>
      check(history, fan, erased, rooms),
    );

  it('are those that consent covers, and those of one who left are gone', { timeout: 300_000 }, async () => {
    console.log(`words: ${RUNS} histories, seed ${SEED} (repeat with SEED=${SEED})`);
    await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        fc.assert(laws(), { numRuns: Math.ceil(RUNS / LANES), seed: SEED + lane }),
      ),
    );
  });

  const faults: Record<string, WorldRooms> = {
    'a ledger that keeps no words': {
      between: (ledger) => ({
        ...ledger,
        record: (brand, batch) => ledger.record(brand, { ...batch, excerpts: null }),
        recordNew: (brand, batch) => ledger.recordNew(brand, { ...batch, excerpts: null }),
      }),
    },
    'a ledger that reads words under the wrong purpose': {
      between: (ledger) => ({
        ...ledger,
        excerpts: (brand, query) => ledger.excerpts(brand, { ...query, purpose: 'quote' }),
      }),
    },
  };
  for (const [name, rooms] of Object.entries(faults)) {
    it(`turns red for ${name}`, { timeout: 300_000 }, async () => {
      const { failed, errorInstance } = await fc.check(laws(rooms), {
        ...{ numRuns: RUNS, seed: SEED, endOnFailure: true },
      });
      expect(failed).toBe(true);
      expect(errorInstance).toMatchObject({ name: 'Broken' });
    });
  }
});
