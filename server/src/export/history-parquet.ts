import type { HistoryHead, HistoryMetric, HistoryRow, Measure } from '@fanfare/contract';
import { HISTORY_PARTS } from './history-csv.ts';
import { ParquetPieces, type ParquetColumn, type ParquetValue } from './parquet.ts';

/** Rows of one row group: few enough for memory, enough for a reader to skip by. */
const GROUP = 4_000;

/**
 * A history as Parquet, in pieces, with the columns of the CSV: a value that is hidden or not known is
 * null, and its column of state says which. Memory holds one row group.
 */
export async function* historyParquet(
  head: HistoryHead,
  rows: AsyncIterable<readonly HistoryRow[]>,
  next: () => string,
): AsyncGenerator<Uint8Array> {
  const { metrics, grain, by } = head;
  const keys: ParquetColumn[] = [
    { name: 'from', type: 'instant' },
    { name: 'to', type: 'instant' },
    ...(grain === 'day' ? [{ name: 'day', type: 'text' } as const] : []),
    ...(by === null ? [] : [{ name: by, type: 'text' } as const]),
  ];
  const pieces = new ParquetPieces([...keys, ...metrics.flatMap(columnsOf)], aboutOf(head));
  let waiting: ParquetValue[][] = [];
  for await (const some of rows) {
    for (const row of some) waiting.push(valuesOf(row, metrics));
    if (waiting.length < GROUP) continue;
    yield await pieces.add(waiting);
    waiting = [];
  }
  yield await pieces.add(waiting);
  yield await pieces.end({ 'fanfare.next': next() });
}

function aboutOf(head: HistoryHead): Record<string, string> {
  const { metrics, by, ...plain } = head;
  const stated = Object.entries({ ...plain, by: by ?? '', metrics: metrics.join(',') });
  return Object.fromEntries(stated.map(([name, value]) => [`fanfare.${name}`, String(value)]));
}

function columnsOf(metric: HistoryMetric): ParquetColumn[] {
  return [
    { name: metric, type: 'number' },
    { name: `${metric} state`, type: 'text' },
    ...(HISTORY_PARTS[metric] ?? []).map((part): ParquetColumn => ({
      name: `${metric} ${part}`,
      type: 'number',
    })),
  ];
}

function valuesOf(
  { from, to, day, key, measures }: HistoryRow,
  metrics: readonly HistoryMetric[],
): ParquetValue[] {
  return [
    ...[new Date(from), new Date(to)],
    ...(day === undefined ? [] : [day]),
    ...(key === undefined ? [] : [key]),
    ...metrics.flatMap((metric) => measured(metric, measures[metric]!)),
  ];
}

function measured(metric: HistoryMetric, { value, kind, suppressed, parts }: Measure): ParquetValue[] {
  return [
    value,
    suppressed ? 'suppressed' : kind,
    ...(HISTORY_PARTS[metric] ?? []).map((part) => parts?.[part] ?? null),
  ];
}
