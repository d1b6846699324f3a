import { describe, expect, it } from 'vitest';
import { WINDOWS, type Audience, type Board } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { cellThreshold, type Release } from '@fanfare/server/domain/release/rules.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { infer, type Seen } from './attacker.ts';
import { crowd, type Crowd } from './crowd.ts';
import { tooNarrow, withoutComplements } from './published.ts';

const RUNS = Number(process.env['RUNS'] ?? 400);
const SEED = Number(process.env['SEED'] ?? 1);
const heading = { brand: 'b', epoch: 'e', seq: 0, demonstration: false };

/** All windows of one instant, released; on top of what was shown before when that is given. */
function show<A extends Audience>(
  people: Crowd,
  rules: Release<A>,
  before?: readonly Board<A>[],
): (Seen & { readonly board: Board<A> })[] {
  return WINDOWS.map((window, i) => {
    const raw = readBoard(people.counts, window, people.now(), 300, cellThreshold(rules));
    return { raw, board: release(raw, heading, rules, before?.[i]) };
  });
}

describe('what is published, over random histories', () => {
  it(`is never about too few people and tells no hidden count, ${RUNS} histories, team and public`, () => {
    const found: string[] = [];
    const cells = { team: 0, public: 0 };
    for (let seed = SEED; seed < SEED + RUNS; seed++) {
      const people = crowd(seed);
      people.live(40 + (seed % 5) * 60);
      const look = <A extends Audience>(seen: ReturnType<typeof show<A>>, fresh: boolean) => {
        const { board } = seen[0]!;
        for (const window of seen) {
          const { narrow, shown } = tooNarrow(window, people.held);
          found.push(...narrow.map((what) => `${seed} ${board.audience}: ${what}`));
          cells[board.audience] += shown;
        }
        const told = infer(seen, fresh, board.audience === 'public');
        found.push(...told.map((what) => `${seed} ${board.audience}: ${what} is told`));
        return seen.map((window) => window.board);
      };
      look(show(people, { audience: 'team', k: 10 }), true);
      const before = look(show(people, { audience: 'public', k: 10 }), true);
      people.live(15);
      look(show(people, { audience: 'public', k: 10 }, before), false);
    }
    console.log(
      `${RUNS} histories: ${cells.team} team and ${cells.public} public numbers looked at, ${found.length} about too few or told`,
    );
    expect(found.slice(0, 10)).toEqual([]);
  });

  it('the attacker finds what the complements hide', () => {
    let team = 0;
    const runs = 60;
    for (let seed = 1; seed <= runs; seed++) {
      const people = crowd(seed);
      people.live(40 + (seed % 5) * 60);
      const seen = show(people, { audience: 'team', k: 10 });
      if (infer(seen.map(withoutComplements), true, false).length > 0) team++;
    }
    console.log(`without complements: a hidden count is told in ${team} of ${runs} histories`);
    expect(team).toBeGreaterThan(runs / 4);
  });
});
