import { describe, expect, it } from 'vitest';
import type { Labelled } from './engagement.ts';
import { WITHHELD, resolve, revisionOf, type Statement } from './revision.ts';

const row = (rev: number) => ({ key: 'k', rev }) as Labelled;
const put = (rev: number) => ({ key: 'k', rev, after: row(rev) });
const gone = (rev: number) => ({ key: 'k', rev, after: null });

describe('revisions', () => {
  it('order by revision, then remove over edit over add', () => {
    const order = [
      revisionOf({ rev: 0, verb: 'add' }),
      revisionOf({ rev: 0, verb: 'edit' }),
      revisionOf({ rev: 0, verb: 'remove' }),
      revisionOf({ rev: 1, verb: 'add' }),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('let the highest win whatever the order, and call the rest duplicates', () => {
    expect(resolve([put(4), put(0), put(4), put(5)], new Map())).toEqual({
      outcomes: ['counted', 'duplicate', 'duplicate', 'counted'],
      recorded: [{ before: null, after: row(5) }],
      tombstones: new Map(),
      withheld: new Map(),
    });
  });

  it('remember a removal that comes before its add', () => {
    const first = resolve([gone(2)], new Map());
    expect(first).toEqual({
      outcomes: ['duplicate'],
      recorded: [],
      tombstones: new Map([['k', 2]]),
      withheld: new Map(),
    });
    expect(resolve([put(0)], new Map([['k', { row: null, rev: 2 }]])).outcomes).toEqual(['duplicate']);
  });

  it('take back a row that is held', () => {
    const known = new Map([['k', { row: row(0), rev: 0 }]]);
    expect(resolve([gone(2)], known).recorded).toEqual([{ before: row(0), after: null }]);
  });

  const report = (rev: number): Statement => ({ key: 'k', rev, after: null, withheld: true });

  it('withhold an event for good, in any order of what is said of it', () => {
    const orders = [
      [put(0), report(5)],
      [report(5), put(0)],
      [report(0), put(5)],
      [put(5), report(0)],
      [gone(2), report(0)],
      [report(0), gone(2)],
    ];
    for (const order of orders) {
      const { recorded, tombstones, withheld } = resolve(order, new Map());
      expect(recorded).toEqual([]);
      expect(tombstones).toEqual(new Map([['k', WITHHELD]]));
      expect(withheld.size).toBe(1);
    }
  });

  it('take a counted event back exactly when it turns into a report', () => {
    const known = new Map([['k', { row: row(0), rev: 0 }]]);
    const { outcomes, recorded } = resolve([report(5)], known);
    expect(outcomes).toEqual(['quarantined']);
    expect(recorded).toEqual([{ before: row(0), after: null }]);
  });

  it('make one case of a report that is repeated, and a newer one of its edit', () => {
    const known = new Map([['k', { row: null, rev: 1, withheld: true }]]);
    expect(resolve([report(1), report(0), put(9), report(5)], known).outcomes).toEqual([
      ...['duplicate', 'duplicate', 'duplicate', 'quarantined'],
    ]);
  });

  it('is below that of a withheld event, for every clock in microseconds', () => {
    for (const rev of [Date.parse('2040-01-01') * 1_000, 2 ** 52, Number.MAX_SAFE_INTEGER])
      expect(revisionOf({ rev, verb: 'remove' })).toBeLessThan(WITHHELD);
  });
});
