import { describe, expect, it } from 'vitest';
import type { Labelled } from './engagement.ts';
import { resolve, revisionOf } from './revision.ts';

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
    });
  });

  it('remember a removal that comes before its add', () => {
    const first = resolve([gone(2)], new Map());
    expect(first).toEqual({ outcomes: ['duplicate'], recorded: [], tombstones: new Map([['k', 2]]) });
    expect(resolve([put(0)], new Map([['k', { row: null, rev: 2 }]])).outcomes).toEqual(['duplicate']);
  });

  it('take back a row that is held', () => {
    const known = new Map([['k', { row: row(0), rev: 0 }]]);
    expect(resolve([gone(2)], known).recorded).toEqual([{ before: row(0), after: null }]);
  });
});
