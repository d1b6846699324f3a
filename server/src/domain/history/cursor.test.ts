import { describe, expect, it } from 'vitest';
import type { HistoryHead, HistoryRow } from '@fanfare/contract';
import { Increments } from './cursor.ts';

const head: HistoryHead = {
  ...{ brand: 'maison', audience: 'team', timeZone: 'Europe/Paris', k: 10, by: null, grain: 'day' },
  ...{ from: '2026-03-01T00:00:00.000Z', to: '2026-03-04T00:00:00.000Z', metrics: ['engagements@1'] },
};
const day = (from: string, ...keys: string[]): HistoryRow[] =>
  keys.map((key) => ({ from, to: from, key, measures: {} }));

async function told(days: readonly HistoryRow[][], cursor?: string, of = head) {
  const increments = new Increments(of, cursor);
  const rows: HistoryRow[][] = [];
  await Promise.resolve();
  async function* source() {
    yield* await Promise.resolve(days);
  }
  for await (const some of increments.changed(source())) rows.push([...some]);
  return { rows, next: increments.next };
}

describe('increments of a history', () => {
  const days = [day('1', 'a'), day('2'), day('3', 'a', 'b')];

  it('are everything at first, then what is new or has changed', async () => {
    const first = await told(days);
    expect(first.rows).toEqual(days);
    expect((await told(days, first.next)).rows).toEqual([]);
    const later = [day('1', 'a'), day('2', 'late'), day('3', 'a'), day('4', 'x')];
    const second = await told(later, first.next, { ...head, to: '2026-03-05T00:00:00.000Z' });
    expect(second.rows).toEqual(later.slice(1));
    expect((await told(later, second.next)).rows).toEqual([]);
  });

  it('are of one question alone', async () => {
    const { next } = await told(days);
    for (const other of [{ from: '2026-02-01T00:00:00.000Z' }, { k: 5 }, { by: 'network' }] as const)
      await expect(told(days, next, { ...head, ...other })).rejects.toMatchObject({ code: 'bad_field' });
    for (const bad of ['', 'x', next.slice(1), `${next}é`, `${next}${'A'.repeat(9_000)}`])
      await expect(told(days, bad)).rejects.toMatchObject({ code: 'bad_field' });
  });
});
