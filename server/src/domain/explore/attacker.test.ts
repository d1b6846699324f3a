import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KINDS, NETWORKS, type ExploreFilter } from '@fanfare/contract';
import { Pins } from '../release/pins.ts';
import type { Told } from './ask.ts';
import { PERIOD, actOf, exploredOf, keysOf, questions } from './crowd.fixture.ts';
import type { ExploredAct } from './row-batch.ts';
import { AXES, axisOf } from './shape.ts';

const K = 5;
/** Each run asks some 250 questions; many more were run by hand. */
const RUNS = 10;
const DIMS = [
  ['network', NETWORKS.slice(0, 3)],
  ['kind', KINDS.slice(0, 3)],
  ['language', ['fr', 'en']],
] as const;
/** Acts of a few people with few habits. */
const acts = (most: number, fans: number) =>
  fc.array(
    fc
      .record({
        fan: fc.integer({ min: 1, max: fans }),
        kind: fc.integer({ min: 0, max: 2 }),
        quarter: fc.integer({ min: -40, max: 7 * 96 + 40 }),
        hour: fc.constantFrom(9, 20),
        campaign: fc.constantFrom('', 'noel', 'été, « 50 % »'),
        language: fc.constantFrom('fr', 'fr', 'en'),
      })
      .map(actOf),
    { maxLength: most, size: 'max' },
  );

type Literal = `${number}${'=' | '!'}${string}`;

/** One set of acts that can be asked for, under any name it has. */
const nameOf = (literals: readonly Literal[]) => [...literals].sort().join(' & ');
const ofFilter = ({ by, key, not }: ExploreFilter): Literal => `${axisOf(by)}${not ? '!' : '='}${key}`;

interface Known extends Told {
  readonly literals: readonly Literal[];
  /** True when a list names it: then there is something in it. */
  readonly named: boolean;
}

/** Ask everything, and note what every set was told as; two different answers are a fault by themselves. */
function askAll(list: readonly ExploredAct[]): Map<string, Known> {
  const explored = exploredOf(list);
  const known = new Map<string, Known>();
  const note = (literals: readonly Literal[], told: Told, named: boolean) => {
    const name = nameOf(literals);
    const before = known.get(name);
    if (before && before.engagements !== null && told.engagements !== null)
      expect(told.engagements, name).toBe(before.engagements);
    if (before?.fans != null && told.fans !== null) expect(told.fans, name).toBe(before.fans);
    known.set(name, {
      literals,
      engagements: told.engagements ?? before?.engagements ?? null,
      fans: told.fans ?? before?.fans ?? null,
      named: named || (before?.named ?? false),
    });
  };
  for (const filters of questions(DIMS, 3)) {
    const { total, tables } = explored.ask(PERIOD, filters, K);
    note(filters.map(ofFilter), total, false);
    tables.forEach((rows, axis) => {
      const others = filters.filter(({ by }) => axisOf(by) !== axis).map(ofFilter);
      for (const row of rows) note([...others, `${axis}=${row.key}`], row, true);
    });
  }
  return known;
}

const holds = (keys: readonly string[], literals: readonly Literal[]) =>
  literals.every((literal) => {
    const axis = Number(literal[0]);
    return (keys[axis] === literal.slice(2)) === (literal[1] === '=');
  });

/** No one to k − 1 people can be told apart by subtracting distinct fans. */
function noneStandApart(known: ReadonlyMap<string, Known>): void {
  const few = (people: number) => people > 0 && people < K;
  for (const [name, { literals, fans }] of known) {
    if (fans === null) continue;
    expect(few(fans), `${name}: ${fans}`).toBe(false);
    // Every larger set it lies in, and every set with one part turned round.
    for (let run = 0; run < 2 ** literals.length; run++) {
      const above = known.get(nameOf(literals.filter((_, i) => run & (1 << i))));
      if (above?.fans != null) expect(few(above.fans - fans), `${name} in ${run}`).toBe(false);
    }
    literals.forEach((literal, i) => {
      const others = literals.filter((_, j) => j !== i);
      const turned = literal.replace(
        /^(\d)([=!])/,
        (_, axis: string, is: string) => axis + (is === '=' ? '!' : '='),
      );
      const [rest, whole] = [known.get(nameOf([...others, turned as Literal])), known.get(nameOf(others))];
      if (rest?.fans == null || whole?.fans == null) return;
      expect(few(rest.fans + fans - whole.fans), `both ${name} and not`).toBe(false);
    });
  }
}

describe('an attacker who asks everything with up to three filters', () => {
  it('pins no count about 1 to k − 1 people by putting parents, parts and siblings together', () => {
    fc.assert(
      fc.property(acts(160, 40), (list) => {
        const rows = list.flatMap((act) => {
          const keys = keysOf(act);
          return keys ? [{ fan: act.fan, keys }] : [];
        });
        const known = askAll(list);
        const pins = new Pins();
        const numbers = new Map<string, number>();
        const numberOf = (literals: readonly Literal[]): number => {
          const name = nameOf(literals);
          const seen = numbers.get(name);
          if (seen !== undefined) return seen;
          const told = known.get(name);
          const made = pins.number(
            told?.engagements ?? null,
            told?.named && told.engagements === null ? 1 : 0,
          );
          numbers.set(name, made);
          return made;
        };
        const keysIn = AXES.map((_, axis) => [...new Set(rows.map(({ keys }) => keys[axis]!))]);
        for (const { literals } of [...known.values(), { literals: [] }]) {
          const used = literals.map((literal) => Number(literal[0]));
          AXES.forEach((_, axis) => {
            if (used.includes(axis)) return;
            const whole = numberOf(literals);
            // All parts of it; and each part with what is left without it.
            pins.sum(
              whole,
              keysIn[axis]!.map((key) => numberOf([...literals, `${axis}=${key}`])),
            );
            for (const key of keysIn[axis]!)
              pins.sum(whole, [
                numberOf([...literals, `${axis}=${key}`]),
                numberOf([...literals, `${axis}!${key}`]),
              ]);
          });
        }
        pins.settle();
        for (const [name, number] of numbers) {
          if (!pins.isPinned(number)) continue;
          const literals = name === '' ? [] : (name.split(' & ') as Literal[]);
          const people = new Set(rows.filter(({ keys }) => holds(keys, literals)).map(({ fan }) => fan)).size;
          expect(people > 0 && people < K, `${name} is about ${people}`).toBe(false);
        }
        noneStandApart(known);
      }),
      { numRuns: RUNS },
    );
  });

  it('is told something all the same', () => {
    const [list] = fc.sample(
      acts(160, 40).filter((some) => some.length > 120),
      { numRuns: 1, seed: 11 },
    );
    const told = [...askAll(list!).values()].filter(({ engagements }) => engagements !== null);
    expect(told.length).toBeGreaterThan(20);
  });
});
