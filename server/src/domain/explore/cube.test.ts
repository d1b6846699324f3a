import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIOD, batchOf, crowds, exploredOf, keysOf, wordlessCrowds } from './crowd.fixture.ts';
import { cellOf, jointOf, type AxisSet, type Joint } from './joint.ts';
import { Masks } from './masks.ts';
import { plainMasks } from './plain-together.fixture.ts';
import type { ExploredAct } from './row-batch.ts';
import { AXES } from './shape.ts';

const named = (campaigns: number) => Array.from({ length: campaigns }, (_, n) => `c${n}`);
const acts = (most: number, fans: number, campaigns = 3) => crowds(most, fans, named(campaigns));
/** Up to four axes; with time, three more. */
const sets = fc
  .uniqueArray(fc.nat(5), { maxLength: 4 })
  .map((axes) => axes.reduce((set, axis) => set | (1 << axis), 0));

/** A set of axes and all of fewer. */
const partsOf = (set: AxisSet) => new Set([...Array(64).keys()].filter((part) => (part & set) === part));

/** A table counted act by act. */
function plainTable(
  list: readonly ExploredAct[],
  set: AxisSet,
  keys: readonly (readonly (string | null)[])[],
): Joint {
  const joint = jointOf(
    set,
    keys.map((own) => own.length),
  );
  const fans = new Map<number, Set<number>>();
  for (const one of list) {
    const own = keysOf(one);
    if (!own) continue;
    const slots = AXES.map((_, axis) => {
      const slot = keys[axis]!.indexOf(own[axis]!);
      return slot < 0 ? keys[axis]!.indexOf(null) : slot;
    });
    const cell = cellOf(joint, slots);
    joint.count[cell]!++;
    fans.set(cell, (fans.get(cell) ?? new Set()).add(one.fan));
  }
  for (const [cell, people] of fans) joint.people[cell] = people.size;
  return joint;
}

describe('a cube', () => {
  it('holds and hides what the plain way does, while acts come and go and tables are counted bit by bit', () => {
    fc.assert(
      fc.property(
        acts(120, 20, 40),
        acts(60, 24, 50),
        fc.array(sets, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat(5)),
        (old, fresh, asked, dice) => {
          const explored = exploredOf(old);
          const cube = explored.cube(PERIOD);
          const is = (list: readonly ExploredAct[]) => {
            const { keys } = cube.slots();
            cube.ensure(asked);
            for (const set of asked)
              expect(cube.table(set), String(set)).toEqual(plainTable(list, set, keys));
            const set = asked[0]!;
            cube.ensure(Masks.needs(partsOf(set)));
            const plain = plainMasks((one) => plainTable(list, one, keys), 5)(set);
            expect(cube.masks(5).of(set).hidden.join()).toBe(plain.hidden.join());
          };
          cube.work(asked, 40);
          if (dice.next().value! < 3) is(old);
          let there = [...old];
          for (const one of fresh) {
            const going = there.filter(() => dice.next().value === 0).slice(0, 3);
            expect(explored.apply([batchOf([one], 1), batchOf(going, -1)])).toBe(true);
            there = [...there.filter((some) => !going.includes(some)), one];
            if (dice.next().value === 0) cube.work(asked, 30);
            if (dice.next().value === 0 && dice.next().value === 0) is(there);
          }
          is(there);
          is(there);
        },
      ),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('hides what the plain way hides, and leaves open what that leaves open', () => {
    fc.assert(
      fc.property(
        fc.oneof(acts(200, 60), wordlessCrowds(200, 60)),
        sets,
        fc.constantFrom(3, 5, 10),
        (list, set, k) => {
          const cube = exploredOf(list).cube(PERIOD);
          const { keys } = cube.slots();
          const tables = new Map<AxisSet, Joint>();
          const of = (one: AxisSet) =>
            tables.get(one) ?? tables.set(one, plainTable(list, one, keys)).get(one)!;
          const quick = new Masks(of, k).of(set);
          const plain = plainMasks(of, k)(set);
          expect(quick.hidden.join()).toBe(plain.hidden.join());
          // As text: how two long arrays differ takes long to say.
          expect(quick.bounds.low.join()).toBe(plain.bounds.low.join());
          expect(quick.bounds.high.join()).toBe(plain.bounds.high.join());
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
