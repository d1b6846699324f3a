import { HISTORY_METRICS, type HistoryHead, type HistoryRow, type Measure } from '@fanfare/contract';
import { historyCsv } from '@fanfare/server/export/history-csv.ts';
import { historyParquet } from '@fanfare/server/export/history-parquet.ts';

/**
 * Ten million rows of history as CSV and as Parquet, to a reader who keeps nothing: how much memory they
 * take beyond what a tenth of them takes. No brand has as many (25 months of 40 keys are 730,000). `pnpm drill
 * history-rows [ROWS]`
 */
const LIMIT = 64 * 1_048_576;
const HOUR = 3_600_000;
const count = Number(process.argv[2] ?? 10_000_000);
const metrics = HISTORY_METRICS.slice(0, 1);
const head: HistoryHead = {
  ...{ brand: 'many', audience: 'team', grain: 'hour', timeZone: 'Europe/Paris', by: null, metrics, k: 10 },
  ...{ from: new Date(0).toISOString(), to: new Date(count * HOUR).toISOString() },
};
async function* rows(count: number): AsyncGenerator<readonly HistoryRow[]> {
  for (let first = 0; first < count; first += 1_000) {
    yield Array.from({ length: Math.min(1_000, count - first) }, (_, i): HistoryRow => {
      const [from, to] = [(first + i) * HOUR, (first + i + 1) * HOUR].map((at) => new Date(at).toISOString());
      const about = { definition: 'engagements@1', kind: 'measured', asOf: to!, n: 12 } as const;
      const measure: Measure = { ...about, value: first + i };
      return { from: from!, to: to!, measures: { 'engagements@1': measure } };
    });
    // Let the timer that looks at the memory have its turn.
    if (first % 50_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The most memory that is resident while a file is read to its end, bytes, and how long the file is. */
async function read(file: AsyncIterable<string | Uint8Array>): Promise<{ most: number; bytes: number }> {
  let [most, bytes] = [0, 0];
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 10);
  for await (const piece of file) bytes += piece.length;
  clearInterval(timer);
  return { most, bytes };
}

let worst = 0;
for (const [name, file] of [
  ['csv', (rows: AsyncGenerator<readonly HistoryRow[]>) => historyCsv(head, rows)],
  ['parquet', (rows: AsyncGenerator<readonly HistoryRow[]>) => historyParquet(head, rows, () => '')],
] as const) {
  const tenth = await read(file(rows(count / 10)));
  const began = performance.now();
  const { most, bytes } = await read(file(rows(count)));
  worst = Math.max(worst, most - tenth.most);
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(
    `${name}: ${(bytes / 1e6).toFixed(0)} MB in ${seconds} s, ${((most - tenth.most) / 1_048_576).toFixed(1)} MiB beyond a tenth of it`,
  );
}
if (worst > LIMIT) throw new Error(`${Math.round(worst / 1_048_576)} MiB more memory; 64 are allowed`);
console.log(`held: ${count} rows, at most ${(worst / 1_048_576).toFixed(1)} MiB more memory`);
