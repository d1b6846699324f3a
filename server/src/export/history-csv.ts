import { stringify } from 'csv-stringify/sync';
import type { HistoryHead, HistoryMetric, HistoryRow, Measure } from '@fanfare/contract';
import { textCell } from './formula.ts';

/** Parts of a measure that have columns of their own. */
export const HISTORY_PARTS: Partial<Record<HistoryMetric, readonly string[]>> = {
  'sentiment@1': ['positive', 'neutral', 'negative', 'messageWeighted'],
  'coverage@1': ['counted', 'refused'],
  'reach.potential@1': ['amplifiers', 'known'],
  'influence.total@1': ['reaction', 'comment', 'share'],
};
/**
 * A history as CSV (RFC 4180, UTF-8, decimal points): a line of names, then one line a row. A value
 * that is hidden or not known is empty, and its column of state says which.
 */
export async function* historyCsv(
  head: HistoryHead,
  rows: AsyncIterable<readonly HistoryRow[]>,
): AsyncGenerator<string> {
  const { metrics, grain, by } = head;
  const keys = [...(grain === 'day' ? ['day'] : []), ...(by === null ? [] : [by])];
  yield lines([['from', 'to', ...keys, ...metrics.flatMap(columnsOf)]]);
  for await (const some of rows) {
    const cells = some.map(({ from, to, day, key, measures }) => [
      ...[from, to, ...(day === undefined ? [] : [day]), ...(key === undefined ? [] : [textCell(key)])],
      ...metrics.flatMap((metric) => cellsOf(metric, measures[metric]!)),
    ]);
    if (cells.length > 0) yield lines(cells);
  }
}

function columnsOf(metric: HistoryMetric): string[] {
  return [metric, `${metric} state`, ...(HISTORY_PARTS[metric] ?? []).map((part) => `${metric} ${part}`)];
}

function cellsOf(
  metric: HistoryMetric,
  { value, kind, suppressed, parts }: Measure,
): (string | number | null)[] {
  return [
    value,
    suppressed ? 'suppressed' : kind,
    ...(HISTORY_PARTS[metric] ?? []).map((part) => parts?.[part] ?? null),
  ];
}

function lines(cells: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    cells.map((row) => [...row]),
    { record_delimiter: 'windows' },
  );
}
