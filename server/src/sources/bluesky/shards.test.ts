import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share } from './shards.ts';

describe('share', () => {
  it('names each person once, never too many at once, and moves nobody who stays', () => {
    const people = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(people, { maxLength: 8 }), fc.integer({ min: 1, max: 7 }), (turns, most) => {
        let shards: readonly ReadonlySet<string>[] = [];
        for (const turn of turns) {
          const wanted = new Set(turn);
          const next = share(shards, wanted, most);
          const all = next.shards.flatMap((shard) => [...shard]);
          expect(all.length).toBe(wanted.size);
          expect(new Set(all)).toEqual(wanted);
          for (const shard of next.shards) expect(shard.size).toBeLessThanOrEqual(most);
          shards.forEach((shard, i) => {
            for (const did of shard) expect(next.shards[i]!.has(did)).toBe(wanted.has(did));
          });
          next.shards.forEach((shard, i) => {
            const was = shards[i] ?? new Set();
            expect(next.grown.has(i)).toBe([...shard].some((did) => !was.has(did)));
            expect(next.shrunk.has(i)).toBe([...was].some((did) => !shard.has(did)));
          });
          shards = next.shards;
        }
      }),
    );
  });
});
