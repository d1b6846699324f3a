import type { Board, DefinitionId, HistoryRow, Measure, SentimentPoint } from '@fanfare/contract';
import type { naive, naiveHistory } from './naive.ts';

type Naive = ReturnType<typeof naive>;

/** The values of a board (k = 1, at most 10 objects) in the shape of the naive model. */
export function valuesOf(board: Board): Naive {
  const measure = (id: string) => board.measures[id as DefinitionId]!;
  const parts = (id: string, ...keys: string[]) => keys.map((key) => measure(id).parts?.[key] ?? 0);
  const pair = (cell: Readonly<Record<DefinitionId, Measure>>) => [
    cell['engagements@1']!.value!,
    cell['reach.active@1']!.value!,
  ];
  const table = (dimension: string) =>
    Object.fromEntries(Object.entries(board.breakdowns[dimension]!).map(([key, cell]) => [key, pair(cell)]));
  const line = (id: string) => board.series[id as DefinitionId]!;
  return {
    engagements: [...pair(board.measures), ...parts('sentiment@1', 'positive', 'neutral', 'negative')],
    potential: [measure('reach.potential@1').value, measure('reach.potential@1').n!],
    sentiment: measure('sentiment@1').value,
    influence: measure('influence.total@1').value!,
    credits: parts('influence.total@1', 'reaction', 'comment', 'share'),
    owners: measure('influence.total@1').n!,
    coverage: measure('coverage@1').value,
    tables: [
      table('network'),
      table('kind'),
      Object.fromEntries(board.top.objects.map((o) => [o.object, pair(o)])),
    ],
    series: line('engagements@1').map((count, i) => {
      const { positive, neutral, negative } = line('sentiment@1')[i] as SentimentPoint;
      return [count as number, line('reach.active@1')[i] as number, positive, neutral, negative];
    }),
  };
}

/** The rows of a history (k = 1, without keys) in the shape of the naive one; empty buckets are left away. */
export function bucketsOf(rows: readonly HistoryRow[]): ReturnType<typeof naiveHistory> {
  return Object.fromEntries(
    rows.flatMap(({ from, day, measures }) => {
      const value = (id: string) => measures[id as DefinitionId]!.value;
      const { positive = 0, neutral = 0, negative = 0 } = measures['sentiment@1']!.parts ?? {};
      const told = [value('engagements@1'), value('reach.active@1'), positive, neutral, negative];
      const share = value('coverage@1');
      return share === null ? [] : [[day ?? from.slice(0, 13), [...told, value('sentiment@1'), share]]];
    }),
  );
}

/** Where two values differ by more than the noise of sums made in another order; [] for nowhere. */
export function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof actual === 'number' && typeof expected === 'number') {
    const close = Math.abs(actual - expected) <= 1e-7 * Math.max(1, Math.abs(expected));
    return close ? [] : [`${path}: ${actual}, expected ${expected}`];
  }
  if (isObject(actual) && isObject(expected)) {
    const keys = [...new Set([...Object.keys(actual), ...Object.keys(expected)])];
    return keys.flatMap((key) => differences(actual[key], expected[key], `${path}.${key}`));
  }
  return actual === expected ? [] : [`${path}: ${String(actual)}, expected ${String(expected)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
