import { KINDS, NETWORKS, type ExploreFilter } from '@fanfare/contract';
import { Pins } from '@fanfare/server/domain/release/pins.ts';
import type { Told } from '@fanfare/server/domain/explore/ask.ts';
import { PERIOD, exploredOf, keysOf, questions } from '@fanfare/server/domain/explore/crowd.fixture.ts';
import type { ExploredAct } from '@fanfare/server/domain/explore/row-batch.ts';
import { AXES, axisOf } from '@fanfare/server/domain/explore/shape.ts';

// Somebody who asks everything with up to three filters, and puts parents, parts and siblings together.

/** Fewer people than these are no one's business. */
const K = 5;
const DIMS = [
  ['network', NETWORKS.slice(0, 3)],
  ['kind', KINDS.slice(0, 3)],
  ['language', ['', 'fr', 'en']],
] as const;

type Literal = `${number}${'=' | '!'}${string}`;

/** One set of acts that can be asked for, under any name it has. */
const nameOf = (literals: readonly Literal[]) => [...literals].sort().join(' & ');
const ofFilter = ({ by, key, not }: ExploreFilter): Literal => `${axisOf(by)}${not ? '!' : '='}${key}`;
const without = (literals: readonly Literal[], i: number) => literals.filter((_, j) => j !== i);
const few = (people: number) => people > 0 && people < K;

interface Known extends Told {
  readonly literals: readonly Literal[];
  /** True when a list names it. */
  readonly named: boolean;
}

/** What every set was told as, and the sets that were told in two ways. */
export interface Answers {
  readonly known: ReadonlyMap<string, Known>;
  readonly faults: readonly string[];
}

/** By axis, the keys that occur. */
const keysOfAll = (list: readonly ExploredAct[]): string[][] => {
  const rows = list.map(keysOf).filter((keys) => keys !== null);
  return AXES.map((_, axis) => [...new Set(rows.map((keys) => keys[axis]!))]);
};

/** Ask everything. */
export function askAll(list: readonly ExploredAct[]): Answers {
  const keysIn = keysOfAll(list);
  const explored = exploredOf(list);
  const known = new Map<string, Known>();
  const faults: string[] = [];
  const note = (literals: readonly Literal[], told: Told, named: boolean) => {
    const name = nameOf(literals);
    const before = known.get(name);
    for (const what of ['engagements', 'fans'] as const)
      if (before?.[what] != null && told[what] !== null && told[what] !== before[what])
        faults.push(`${name} has ${before[what]} ${what}, and ${told[what]}`);
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
      // Whoever is not in a list has nothing.
      if (rows.length > 0)
        for (const key of keysIn[axis]!)
          if (!rows.some((row) => row.key === key))
            note([...others, `${axis}=${key}`], { engagements: 0, fans: 0 }, false);
    });
  }
  return { known, faults };
}

/** Everything that can be told about one to k − 1 people, in words; empty when nothing can. */
export function attack(list: readonly ExploredAct[]): string[] {
  const rows = list.flatMap((act) => {
    const keys = keysOf(act);
    return keys ? [{ fan: act.fan, keys }] : [];
  });
  const { known, faults } = askAll(list);
  const keysIn = keysOfAll(list);
  const holds = (keys: readonly string[], literals: readonly Literal[]) =>
    literals.every((it) => (keys[Number(it[0])] === it.slice(2)) === (it[1] === '='));
  const found: string[] = [...faults];
  for (const name of pinnedNames(known, keysIn)) {
    const literals = name === '' ? [] : (name.split(' & ') as Literal[]);
    const people = new Set(rows.filter(({ keys }) => holds(keys, literals)).map(({ fan }) => fan)).size;
    if (few(people)) found.push(`${name} is about ${people}`);
  }
  return [...found, ...standApart(known)];
}

/** Sets whose engagements follow from what was told. */
function pinnedNames(known: Answers['known'], keysIn: readonly (readonly string[])[]): string[] {
  const pins = new Pins();
  const numbers = new Map<string, number>();
  const isTold = (literals: readonly Literal[]) => known.get(nameOf(literals))?.engagements != null;
  const isBlank = (literals: readonly Literal[], i: number) => {
    const axis = Number(literals[i]![0]);
    return keysIn[axis]!.every((key) => {
      const told = known.get(nameOf([...without(literals, i), `${axis}=${key}`]));
      return told?.named && told.engagements === null;
    });
  };
  const numberOf = (literals: readonly Literal[]): number => {
    const name = nameOf(literals);
    const seen = numbers.get(name);
    if (seen !== undefined) return seen;
    const told = known.get(name);
    // Named without a number, yet all it lies in is told, and not all beside it is named so: there is something in it.
    const sure =
      told?.named &&
      told.engagements === null &&
      literals.every((it, i) => it[1] === '=' && isTold(without(literals, i)) && !isBlank(literals, i));
    const made = pins.number(told?.engagements ?? null, sure ? 1 : 0);
    numbers.set(name, made);
    return made;
  };
  for (const { literals } of [...known.values(), { literals: [] }]) {
    const used = literals.map((literal) => Number(literal[0]));
    AXES.forEach((_, axis) => {
      if (used.includes(axis)) return;
      const whole = numberOf(literals);
      const parts = keysIn[axis]!.map((key) => numberOf([...literals, `${axis}=${key}`]));
      // All parts of it; and each part with what is left without it.
      pins.sum(whole, parts);
      for (const [i, key] of keysIn[axis]!.entries())
        pins.sum(whole, [parts[i]!, numberOf([...literals, `${axis}!${key}`])]);
    });
  }
  pins.settle();
  return [...numbers].flatMap(([name, number]) => (pins.isPinned(number) ? [name] : []));
}

/** One to k − 1 people who can be told apart by subtracting distinct fans. */
function standApart(known: Answers['known']): string[] {
  const found: string[] = [];
  for (const [name, { literals, fans }] of known) {
    if (fans === null) continue;
    if (few(fans)) found.push(`${name}: ${fans}`);
    // Every larger set it lies in, and every set with one part turned round.
    for (let run = 0; run < 2 ** literals.length; run++) {
      const above = known.get(nameOf(literals.filter((_, i) => run & (1 << i))))?.fans;
      if (above != null && few(above - fans)) found.push(`${name} in ${run}`);
    }
    literals.forEach((literal, i) => {
      const turned = `${literal[0]}${literal[1] === '=' ? '!' : '='}${literal.slice(2)}` as Literal;
      const rest = known.get(nameOf([...without(literals, i), turned]))?.fans;
      const whole = known.get(nameOf(without(literals, i)))?.fans;
      if (rest != null && whole != null && few(rest + fans - whole)) found.push(`both ${name} and not`);
    });
  }
  return found;
}
