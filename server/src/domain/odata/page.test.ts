import { describe, expect, it } from 'vitest';
import { BI_VIEWS } from '../bi/views.ts';
import { formatOf } from './format.ts';
import { metadataXml } from './metadata.ts';
import { pageOf, rangeOf, readSkipToken, skipToken } from './page.ts';
import { readODataQuery } from './query.ts';

const { columns } = BI_VIEWS.reach_daily;
const days = Array.from({ length: 30 }, (_, i) => ({
  day: `2026-11-${String(i + 1).padStart(2, '0')}`,
  active_fans: i % 3 === 0 ? null : i * 10,
}));
async function* rows() {
  yield await Promise.resolve(days.slice(0, 11));
  yield days.slice(11);
}
const ask = (query: Record<string, string>, told = 0, most?: number) =>
  pageOf(rows(), readODataQuery(query, columns), told, most);

describe('a page', () => {
  it('leads through all rows that match, each once, whatever the order', async () => {
    for (const query of [
      {},
      { $orderby: 'active_fans desc' },
      { $filter: 'active_fans gt 50' },
      { $skip: '3', $top: '20' },
    ]) {
      const whole = await ask(query);
      const seen: unknown[] = [];
      let told = 0;
      for (let turns = 0; turns < 20; turns++) {
        const page = await ask(query, told, 4);
        seen.push(...page.rows);
        if (page.next === null) break;
        told = readSkipToken(skipToken(page.next));
      }
      expect(seen).toEqual(whole.rows);
    }
  });

  it('counts what matches without its paging', async () => {
    expect(await ask({ $count: 'true', $top: '2', $skip: '1' })).toMatchObject({ count: 30, next: null });
    expect((await ask({ $count: 'true', $filter: 'active_fans eq null' })).count).toBe(10);
    expect((await ask({})).count).toBeNull();
  });

  it('puts null below everything, and keeps the order of time among equals', async () => {
    const up = await ask({ $orderby: 'active_fans' });
    expect(up.rows.slice(0, 10).map(({ day }) => day)).toEqual(
      days.filter(({ active_fans }) => active_fans === null).map(({ day }) => day),
    );
    const down = await ask({ $orderby: 'active_fans desc,day desc' });
    expect(down.rows[0]).toEqual(days[29]);
    expect(down.rows.at(-1)).toEqual(days[0]);
  });

  it('reads no more days than the filter can mean', () => {
    const { filter } = readODataQuery(
      { $filter: 'day ge 1970-01-03 and day lt 1970-01-05 and active_fans gt 1' },
      columns,
    );
    expect(rangeOf('reach_daily', filter)).toEqual({ from: 2, to: 5 });
    const either = readODataQuery({ $filter: 'day eq 1970-01-03 or active_fans gt 1' }, columns);
    expect(rangeOf('reach_daily', either.filter)).toEqual({ from: null, to: null });
  });

  it('refuses options that it has not or that make no sense', () => {
    for (const query of [
      { $apply: 'x' },
      { $expand: 'x' },
      { $top: '-1' },
      { $top: '1e3' },
      { $count: 'yes' },
      { $select: 'fan' },
      { $orderby: 'day up' },
      { $orderby: '' },
    ])
      expect(() => readODataQuery(query, columns)).toThrow();
    expect(readODataQuery({ tracking: 'x', $select: 'day, active_fans' }, columns).select).toEqual([
      'day',
      'active_fans',
    ]);
    expect(() => readSkipToken('x')).toThrow();
  });

  it('comes in the format that is wanted', () => {
    expect(formatOf(undefined, undefined)).toEqual({ metadata: 'minimal', longTexts: false });
    expect(formatOf('json', 'application/xml')).toMatchObject({ metadata: 'minimal' });
    expect(formatOf(undefined, 'application/json;odata.metadata=none')).toMatchObject({ metadata: 'none' });
    expect(
      formatOf(
        undefined,
        'application/atom+xml, application/json;odata.metadata=full;IEEE754Compatible=true',
      ),
    ).toEqual({ metadata: 'full', longTexts: true });
    expect(formatOf(undefined, 'text/html,*/*;q=0.8')).toMatchObject({ metadata: 'minimal' });
    expect(formatOf('atom', undefined)).toBeNull();
    expect(formatOf(undefined, 'application/atom+xml')).toBeNull();
  });

  it('describes itself', () => {
    const xml = metadataXml();
    for (const { name, columns: all } of Object.values(BI_VIEWS)) {
      expect(xml).toContain(`<EntitySet Name="${name}"`);
      for (const column of all) expect(xml).toContain(`<Property Name="${column.name}"`);
    }
  });
});
