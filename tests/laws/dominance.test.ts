import { describe, expect, it } from 'vitest';
import { LABELS, WINDOWS } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { IS_AMPLIFYING, type Labelled } from '@fanfare/server/domain/engagement.ts';
import { fanInfluence } from '@fanfare/server/domain/influence.ts';
import type { RawBoard } from '@fanfare/server/domain/raw.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { crowd } from './crowd.ts';

const RUNS = Number(process.env['RUNS'] ?? 150);
const heading = { brand: 'b', epoch: 'e', seq: 0, demonstration: false };
const inside = (held: ReadonlyMap<number, Labelled>, { from, asOf }: RawBoard) =>
  [...held.values()].filter(
    (row) => row.occurredAt >= from && row.occurredAt < (Math.floor(asOf / 60_000) + 1) * 60_000,
  );

/** Followers of each amplifying fan, as last known, off the plain list. */
function followers(rows: readonly Labelled[]): number[] {
  const inOrder = [...rows].sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
  return [...Map.groupBy(inOrder, (row) => row.fan).values()].flatMap((own) => {
    const known = own.findLast((row) => row.followers >= 0);
    return own.some((row) => IS_AMPLIFYING[row.kind]) && known ? [known.followers] : [];
  });
}

describe('one fan among others, over random histories', () => {
  it(`never makes up more than half of a published sum, ${RUNS} histories`, () => {
    let [shown, hidden] = [0, 0];
    for (let seed = 1; seed <= RUNS; seed++) {
      const people = crowd(seed);
      const { counts, held } = people;
      people.live(120);
      for (const [w, window] of WINDOWS.entries()) {
        const raw = readBoard(counts, window, people.now(), 300, 10);
        const rows = inside(held, raw);
        const measure = (id: string) => raw.measures.find(({ definition }) => definition === id)!;
        const { measures } = release(raw, heading, { audience: 'team', k: 10 });
        const most = {
          'reach.potential@1': Math.max(0, ...followers(rows)),
          'influence.total@1': fanInfluence(counts.credits, w, counts.minute, people.now())[0]?.score ?? 0,
        } as const;
        for (const [id, one] of Object.entries(most)) {
          expect(measure(id).largest! + 1e-9).toBeGreaterThanOrEqual(one);
          const { value } = measures[id as keyof typeof most]!;
          if (value === null) hidden++;
          else if (value > 0) {
            shown++;
            expect(one * 2).toBeLessThanOrEqual(value + 1e-9);
          }
        }
        const { partPeople } = measure('sentiment@1');
        for (const [name, people] of Object.entries(partPeople ?? {})) {
          const own = rows.filter((row) => LABELS[row.label] === name);
          expect(people).toBe(new Set(own.map((row) => row.fan)).size);
        }
        expect(raw.people).toBe(new Set(rows.map((row) => row.fan)).size);
        const unnamed = rows.filter((row) => row.language === '');
        expect(raw.rests['language']).toEqual({
          count: unnamed.length,
          people: new Set(unnamed.map((row) => row.fan)).size,
        });
      }
    }
    console.log(`${RUNS} histories: ${shown} sums shown, ${hidden} hidden`);
    expect(shown).toBeGreaterThan(0);
  });
});
