import { EXPLORE_COMPARISONS, EXPLORE_DAYS, EXPLORE_DIMENSIONS } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { brand, json, type Operation } from './operation.ts';

const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Measures = Type.Record(Type.String(), Type.Unsafe({ $ref: '#/components/schemas/Measure' }), {
  description: 'engagements@1 and reach.active@1 (unavailable where it would tell of a few who stand apart)',
});
const Period = Type.Object({ first: Day, last: Day, from: Instant, to: Instant });
const told = { measures: Measures, before: Type.Optional(Measures) };
const Row = Type.Object({
  key: Type.Union([Type.String(), Type.Null()], { description: 'null: all keys that are not listed' }),
  ...told,
});

/** Bodies of Explore by name. */
export const EXPLORE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  Exploration: Type.Object({
    ...{ brand: Type.String(), audience: Type.Literal('team'), k: Type.Integer(), timeZone: Type.String() },
    ...{ asOf: Instant, days: Type.Integer(), period: Period, before: Type.Union([Period, Type.Null()]) },
    filters: Type.Array(
      Type.Object({
        by: Type.Union(EXPLORE_DIMENSIONS.map((by) => Type.Literal(by))),
        ...{ key: Type.String(), not: Type.Boolean() },
      }),
    ),
    total: Type.Object(told),
    tables: Type.Record(Type.String(), Type.Array(Row), { description: EXPLORE_DIMENSIONS.join(', ') }),
    series: Type.Array(Type.Object({ from: Instant, ...told })),
  }),
};

/** Leaderboards of the past. */
export const EXPLORING: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/explore'),
    name: 'explore',
    access: 'visitor',
    what: 'Leaderboards and a series of up to 13 months back under at most three filters, one a dimension. A cell about fewer than k people is hidden, and so is what subtraction between any such questions would tell. While the ledger is being read the answer is 202 `{"loading":{"rows":…,"of":…}}`: ask again after a second',
    query: [
      { name: 'days', schema: { enum: EXPLORE_DAYS, default: 28 } },
      { name: 'until', schema: { type: 'string', description: 'the last day, as 2026-11-22; today' } },
      { name: 'with', schema: { enum: EXPLORE_COMPARISONS, default: 'none' } },
      ...EXPLORE_DIMENSIONS.flatMap((by) => [
        { name: `only.${by}`, schema: { type: 'string', description: 'a key as in an address; ~ for none' } },
        { name: `not.${by}`, schema: { type: 'string', description: 'a key that is left out' } },
      ]),
    ],
    answer: json('Exploration'),
    problems: ['bad_field', 'too_large', 'unauthenticated', 'unknown_brand', 'overloaded', 'unavailable'],
  },
];
