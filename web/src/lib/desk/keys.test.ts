import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW } from '../view/desk-url.ts';
import { askedBy } from './keys.ts';

describe('keys of the desk', () => {
  it('choose window, comparison and metric', () => {
    expect(askedBy('3', DEFAULT_VIEW)).toEqual({ view: { ...DEFAULT_VIEW, window: '24h' } });
    expect(askedBy('c', DEFAULT_VIEW)).toEqual({ view: { ...DEFAULT_VIEW, against: 'week' } });
    expect(askedBy('c', { ...DEFAULT_VIEW, against: 'none' })).toEqual({ view: DEFAULT_VIEW });
    expect(askedBy('m', DEFAULT_VIEW)).toEqual({ view: { ...DEFAULT_VIEW, metric: 'reach' } });
  });
  it('open and pause, and mean nothing else', () => {
    expect([askedBy('?', DEFAULT_VIEW), askedBy('a', DEFAULT_VIEW), askedBy('p', DEFAULT_VIEW)]).toEqual([
      { open: 'help' },
      { open: 'marks' },
      { pause: true },
    ]);
    for (const key of ['6', '0', 'x', 'Enter', ' ']) expect(askedBy(key, DEFAULT_VIEW)).toBeNull();
  });
});
