import type { Board, DefinitionId, Measure, SentimentPoint } from '@fanfare/contract';

/** Instant of every sample. */
const AS_OF = '2026-11-22T14:32:00.000Z';
const FROM = '2026-11-22T13:33:00.000Z';
const K = 10;

const of = (definition: DefinitionId, value: number, more: Partial<Measure> = {}): Measure => ({
  ...{ value, kind: 'computed', definition, asOf: AS_OF, n: Math.round(Math.abs(value)), coverage: 0.86 },
  ...more,
});

/** A measure in each of its states: a value, one too large to write out, estimated, hidden, absent. */
export const MEASURES = {
  value: of('reach.active@1', 1_280),
  zero: of('reach.active@1', 0),
  large: of('engagements@1', 12_345_678),
  estimated: of('reach.potential@1', 48_200, { kind: 'estimated' }),
  hidden: { ...of('reach.active@1', 0), value: null, n: null, suppressed: true as const },
  absent: { ...of('reach.active@1', 0), value: null, n: null, kind: 'unavailable' as const },
  before: of('reach.active@1', 1_085),
  much: of('reach.active@1', 61),
} satisfies Record<string, Measure>;

/** A board as a desk holds one; `hidden`: with buckets that are about too few people. */
export function sampleBoard(state: 'usual' | 'hidden' | 'empty'): Board {
  const minutes = Array.from({ length: 60 }, (_, i) => i);
  const height = (i: number) => Math.round(22 + 14 * Math.sin(i / 6) + 7 * Math.sin(i * 2.3));
  const isHidden = (i: number) => state === 'hidden' && (i % 17 < 5 || i > 50);
  const mood = (i: number): SentimentPoint => ({
    positive: Math.max(0, Math.round(height(i) / 3)),
    neutral: 2 + (i % 4),
    negative: 1 + (i % 5),
  });
  const empty = state === 'empty';
  const series = <T>(point: (i: number) => T, none: T) =>
    minutes.map((i) => (empty ? none : isHidden(i) ? null : point(i)));
  const networks = { facebook: 620, instagram: 410, bluesky: 150, youtube: 100 };
  const cells = Object.entries(networks).map(([key, value]) => {
    const measure = state === 'hidden' && value < 200 ? hidden('engagements@1') : of('engagements@1', value);
    return [key, { 'engagements@1': measure }] as const;
  });
  const sentiment = of('sentiment@1', 34.1, {
    ...{ low: 30.2, high: 38, n: 512 },
    parts: { positive: 412, neutral: 230, negative: 101 },
  });
  return {
    ...{ type: 'board', brand: 'maison', window: '1h', audience: 'team', epoch: 'sample', seq: 1, k: K },
    ...{ asOf: AS_OF, demonstration: false },
    measures: {
      'reach.active@1': empty ? MEASURES.zero : state === 'hidden' ? MEASURES.hidden : MEASURES.value,
      'engagements@1': of('engagements@1', empty ? 0 : 1_280),
      'sentiment@1': empty ? MEASURES.absent : sentiment,
    },
    breakdowns: { network: Object.fromEntries(empty ? [] : cells) },
    series: {
      ...{ from: FROM, step: 60 },
      'engagements@1': series(height, 0),
      'reach.active@1': series((i) => Math.round(height(i) * 0.8), 0),
      'sentiment@1': series(mood, { positive: 0, neutral: 0, negative: 0 }),
    },
    top: { objects: [] },
  };
}

function hidden(definition: DefinitionId): Measure {
  return { ...MEASURES.hidden, definition };
}
