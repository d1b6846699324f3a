import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { HISTORY_METRICS, type HistoryHead, type HistoryRow, type Measure } from '@fanfare/contract';
import { historyCsv } from './history-csv.ts';
import { historyParquet } from './history-parquet.ts';
import { chanceOf } from './random-board.fixture.ts';

const head: HistoryHead = {
  ...{ brand: 'maison', audience: 'team', timeZone: 'Europe/Paris', k: 10, by: 'campaign', grain: 'day' },
  ...{ from: '2025-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z', metrics: HISTORY_METRICS },
};
const chance = chanceOf(3);

function measured(definition: Measure['definition']): Measure {
  const about = { definition, asOf: head.to } as const;
  if (chance() < 0.2) return { ...about, kind: 'computed', value: null, n: null, suppressed: true };
  if (chance() < 0.2) return { ...about, kind: 'unavailable', value: null, n: 0 };
  const parts = {
    positive: 3,
    neutral: 1,
    negative: 0,
    messageWeighted: chance() * 100,
    counted: 4,
    refused: 2,
  };
  return { ...about, kind: 'computed', value: chance() * 1e4, n: 12, parts };
}

const rows = Array.from({ length: 9_000 }, (_, i): HistoryRow => {
  const at = Date.parse(head.from) + i * 3_600_000;
  const [from, to] = [new Date(at).toISOString(), new Date(at + 3_600_000).toISOString()];
  const measures = Object.fromEntries(HISTORY_METRICS.map((metric) => [metric, measured(metric)]));
  return { from, to, day: from.slice(0, 10), key: `=noël ${i % 3}`, measures };
});
const days = () => Readable.from(Array.from({ length: 90 }, (_, i) => rows.slice(i * 100, (i + 1) * 100)));

it('holds what the CSV and the JSON hold, in several row groups, with its cursor in the footer', async () => {
  const pieces: Uint8Array[] = [];
  for await (const piece of historyParquet(head, days(), () => 'cursor')) pieces.push(piece);
  const file = new Uint8Array(Buffer.concat(pieces)).buffer;
  const meta = await parquetMetadataAsync(file);
  const about = new Map((meta.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
  expect([about.get('fanfare.next'), about.get('fanfare.k')]).toEqual(['cursor', '10']);
  expect(meta.row_groups.length).toBeGreaterThan(1);
  const read = await parquetReadObjects({ file });
  let csv = '';
  for await (const piece of historyCsv(head, days())) csv += piece;
  const lines: Record<string, string>[] = parse(csv, { columns: true });
  expect([read.length, lines.length]).toEqual([rows.length, rows.length]);
  read.forEach((row, i) => {
    const written = Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Date ? value.toISOString() : value === null ? '' : String(value as string | number),
    ]);
    const line = { ...lines[i], campaign: lines[i]!['campaign']!.slice(1) };
    expect(Object.fromEntries(written)).toEqual(line);
    const engagements = rows[i]!.measures['engagements@1']!;
    expect(row['engagements@1']).toBe(engagements.value);
    expect(row['engagements@1 state']).toBe(engagements.suppressed ? 'suppressed' : engagements.kind);
  });
});
