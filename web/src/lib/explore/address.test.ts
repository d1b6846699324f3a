import { describe, expect, it } from 'vitest';
import { queryOf, toggled, viewOf, without } from './address.ts';

const read = (query: string) => viewOf(new URLSearchParams(query));

describe('the address of Explore', () => {
  it('says all of it, and is read back', () => {
    const query = queryOf({
      ...{ days: 91, until: '2026-11-22', against: 'week' },
      filters: [
        { by: 'network', key: 'x', not: false },
        { by: 'campaign', key: 'a,b & 50 % ~', not: true },
        { by: 'language', key: '', not: false },
      ],
    });
    expect(queryOf(read(query))).toBe(query);
    expect(read(query).filters.map(({ key }) => key)).toEqual(['x', 'a,b & 50 % ~', '']);
  });

  it('is as at first where it says nothing', () => {
    expect(read('?days=3&until=&with=y&only.network=')).toEqual({
      ...{ days: 28, until: null, against: 'none', filters: [] },
    });
  });
});

describe('toggled', () => {
  const one = toggled(read(''), 'network', 'x', false)!;
  it('adds, replaces, turns round and takes away', () => {
    expect(queryOf(one)).toBe('?days=28&only.network=x');
    expect(toggled(one, 'network', 'facebook', false)!.filters).toEqual([
      { by: 'network', key: 'facebook', not: false },
    ]);
    expect(toggled(one, 'network', 'x', true)!.filters).toEqual([{ by: 'network', key: 'x', not: true }]);
    expect(toggled(one, 'network', 'x', false)!.filters).toEqual([]);
    expect(without(one, 'network').filters).toEqual([]);
  });

  it('stops at three dimensions', () => {
    const three = read('?only.network=x&not.kind=view&only.hour=9');
    expect(toggled(three, 'language', 'fr', false)).toBeNull();
    expect(toggled(three, 'kind', 'click', true)).not.toBeNull();
  });
});
