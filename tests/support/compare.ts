import type { Board, DefinitionId, SentimentPoint } from '@fanfare/contract';
import type { Naive } from './naive.ts';

/** The values of a board (k = 1) in the shape of the naive model. */
export function valuesOf(board: Board): Naive {
  const measure = (id: string) => board.measures[id as DefinitionId]!;
  const parts = (id: string, ...keys: string[]) => keys.map((key) => measure(id).parts?.[key] ?? 0);
  const table = (dimension: string) =>
    Object.fromEntries(
      Object.entries(board.breakdowns[dimension]!).map(([key, cell]) => [
        key,
        [cell['engagements@1']!.value!, cell['reach.active@1']!.value!],
      ]),
    );
  const line = (id: string) => board.series[id as DefinitionId]!;
  return {
    engagements: measure('engagements@1').value!,
    active: measure('reach.active@1').value!,
    potential: measure('reach.potential@1').value,
    amplifiers: measure('reach.potential@1').n!,
    sentiment: measure('sentiment@1').value,
    counts: parts('sentiment@1', 'positive', 'neutral', 'negative'),
    influence: measure('influence.total@1').value!,
    credits: parts('influence.total@1', 'reaction', 'comment', 'share'),
    owners: measure('influence.total@1').n!,
    coverage: measure('coverage@1').value,
    byNetwork: table('network'),
    byKind: table('kind'),
    byObject: Object.fromEntries(board.top.objects.map((o) => [o.object, o['engagements@1']!.value!])),
    series: line('engagements@1').map((count, i) => {
      const { positive, negative } = line('sentiment@1')[i] as SentimentPoint;
      return [count as number, line('reach.active@1')[i] as number, positive, negative];
    }),
  };
}

/** Numbers rounded to 7 decimals, for comparing sums made in another order. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e7) / 1e7;
  if (Array.isArray(value)) return value.map(rounded);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]));
  }
  return value;
}
