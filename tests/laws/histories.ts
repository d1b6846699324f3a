import fc from 'fast-check';
import { FANS, SLOTS, resolve, type Command, type Step } from './commands.ts';

const fan = fc.constantFrom(...FANS);
const age = fc.oneof(fc.integer({ min: -5, max: 8 }), fc.constantFrom(59, 60, 61, 1_439, 1_440, 2_000));
const lateAge = fc.constantFrom(3_000, 167 * 60, 168 * 60, 719 * 60, 720 * 60, 60_000);
const content = fc.record(
  {
    kind: fc.constantFrom('reaction', 'comment', 'share', 'mention', 'quote', 'view', 'purchase'),
    object: fc.constantFrom('o1', 'o2', 'o3'),
    objectOwner: fan,
    followers: fc.constantFrom(0, 10, 500),
    text: fc.constantFrom('good', 'bad', 'so so', ''),
    campaign: fc.constantFrom('spring', '__proto__'),
    lang: fc.constantFrom('fr', 'en-GB'),
    reaction: fc.constantFrom('love', 'wow'),
  },
  { requiredKeys: ['kind'] },
);
const said = {
  slot: fc.integer({ min: 0, max: SLOTS - 1 }),
  rev: fc.integer({ min: 0, max: 2 }),
  ms: fc.constantFrom(0, 1, 29_999),
  content,
};
const purposes = fc.constantFrom(
  { measure: true, influence: true },
  { measure: true, influence: true },
  { measure: true },
  { measure: true, influence: false },
  { influence: true },
  { influence: false },
  { measure: false },
);

function command(): fc.Arbitrary<Command> {
  const weighted = <T extends Command>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
  const type = <const T>(...names: T[]) => fc.constantFrom(...names);
  return fc.oneof(
    weighted(6, fc.record({ type: type('add'), ...said, age })),
    // Late: of any hour or day of the longest window, and from before it.
    weighted(1, fc.record({ type: type('add'), ...said, age: lateAge })),
    weighted(3, fc.record({ type: type('edit', 'reorder'), ...said, age })),
    weighted(2, fc.record({ type: type('remove'), ...said, age, named: fc.boolean() })),
    weighted(2, fc.record({ type: type('duplicate'), which: fc.nat() })),
    weighted(
      5,
      fc.record({ type: type('consent'), fan, purposes, age: fc.constantFrom(0, 0, 10, 2_000, 60_000, -3) }),
    ),
    weighted(
      2,
      fc.record({
        type: type('withdraw'),
        fan,
        purposes: fc.constantFrom(['measure', 'influence'] as const, ['influence'] as const),
      }),
    ),
    weighted(1, fc.record({ type: type('erase'), fan })),
    weighted(1, fc.record({ type: type('restart') })),
    weighted(
      2,
      fc.record({
        type: type('advance'),
        minutes: fc.constantFrom(1, 2, 5, 59, 60, 700, 1_440, 10_000, 43_000),
      }),
    ),
  );
}

/** Histories of up to `most` commands; now and then no time passes between two of them. */
export function histories(most: number): fc.Arbitrary<Step[]> {
  const pause = fc.constantFrom(0, 1_000, 1_000);
  return fc.array(fc.tuple(command(), pause), { maxLength: most, size: 'max' }).map(resolve);
}
