import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HistoryHead, HistoryRow, Measure } from '@fanfare/contract';
import { historyCsv } from './history-csv.ts';

const head: HistoryHead = {
  ...{ brand: 'maison', audience: 'team', timeZone: 'Europe/Paris', k: 10 },
  ...{ from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' },
  ...{ grain: 'hour', by: 'campaign', metrics: ['engagements@1', 'sentiment@1'] },
};
const measure = (
  definition: Measure['definition'],
  value: number | null,
  more: Partial<Measure> = {},
): Measure => ({
  ...{ definition, value, kind: 'measured', asOf: head.to, n: 12 },
  ...more,
});
const row = (key: string, measures: HistoryRow['measures']): HistoryRow => ({
  ...{ from: head.from, to: '2026-03-01T01:00:00.000Z', key, measures },
});

async function csvOf(...rows: HistoryRow[]): Promise<string[]> {
  let text = '';
  for await (const chunk of historyCsv(head, Readable.from([rows]))) text += chunk;
  return text.split('\r\n');
}

describe('a history as CSV', () => {
  it('has a line of names, empty cells for what is not told, and says why', async () => {
    const parts = { positive: 3, neutral: 1, negative: 0, messageWeighted: 75 };
    const hidden = { value: null, n: null, suppressed: true } as const;
    const told = measure('sentiment@1', -33.5, { kind: 'computed', parts });
    const lines = await csvOf(
      row('noël, "doux"', { 'engagements@1': measure('engagements@1', 40), 'sentiment@1': told }),
      row('été', {
        'engagements@1': measure('engagements@1', null, hidden),
        'sentiment@1': measure('sentiment@1', null, { kind: 'unavailable', n: 0 }),
      }),
    );
    const names = ['positive', 'neutral', 'negative', 'messageWeighted'].map((name) => `sentiment@1 ${name}`);
    const hour = '2026-03-01T00:00:00.000Z,2026-03-01T01:00:00.000Z';
    expect(lines).toEqual([
      `from,to,campaign,engagements@1,engagements@1 state,sentiment@1,sentiment@1 state,${names.join(',')}`,
      `${hour},"noël, ""doux""",40,measured,-33.5,computed,3,1,0,75`,
      `${hour},été,,suppressed,,unavailable,,,,`,
      '',
    ]);
  });

  it('leaves no cell that a spreadsheet would run', async () => {
    const bad = ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', '  =1', '\u00a0=1', '＝1', '－1'];
    const lines = await csvOf(
      ...bad.map((key) =>
        row(key, {
          'engagements@1': measure('engagements@1', 40),
          'sentiment@1': measure('sentiment@1', null),
        }),
      ),
    );
    for (const line of lines.slice(1, -1)) expect(line.split(',')[2]).toMatch(/^"?'/);
  });
});
