import fc from 'fast-check';
import { crowds, wordlessCrowds } from '@fanfare/server/domain/explore/crowd.fixture.ts';
import { askAll, attack } from '../laws/explore-attacker.ts';

/**
 * Somebody who asks Explore everything about many crowds, and puts the answers together: how often is anything
 * told about fewer than k people? `pnpm drill explore-attack [CROWDS [SEED]]`
 */
const runs = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
let [bad, done, told, asked] = [0, 0, 0, 0];
for (const [most, fans] of [
  [160, 40],
  [60, 25],
  [400, 120],
] as const)
  for (const list of [crowds, wordlessCrowds].flatMap((some) =>
    fc.sample(some(most, fans), { numRuns: Math.ceil(runs / 6), seed }),
  )) {
    const found = attack(list);
    for (const { engagements } of askAll(list).known.values()) {
      asked++;
      if (engagements !== null) told++;
    }
    done++;
    if (found.length === 0) continue;
    bad++;
    console.log(`crowd ${done}, ${list.length} acts of up to ${fans} fans: ${found.slice(0, 4).join('; ')}`);
  }
console.log(
  `${bad === 0 ? 'held' : 'FAILED'}: seed ${seed}, ${bad} of ${done} crowds told of too few; ${((100 * told) / asked).toFixed(1)} % of ${asked} sets told`,
);
if (bad > 0) process.exitCode = 1;
