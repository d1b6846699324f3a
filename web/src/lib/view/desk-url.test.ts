import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, queryOf, viewOf } from './desk-url.ts';

describe('the view in the address', () => {
  it('comes back as it was', () => {
    const view = { window: '24h', against: 'week', metric: 'reach', paused: true } as const;
    expect(viewOf(new URLSearchParams(queryOf(view)))).toEqual(view);
  });
  it('leaves defaults out and ignores what it does not know', () => {
    expect(queryOf(DEFAULT_VIEW)).toBe('?');
    expect(viewOf(new URLSearchParams('window=1y&compare=x&metric=y'))).toEqual(DEFAULT_VIEW);
  });
});
