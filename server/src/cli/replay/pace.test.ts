import { describe, expect, it } from 'vitest';
import { createPace } from './pace.ts';

const START = 1_000_000;

describe('the pace of a file', () => {
  it('keeps the gaps of the timestamps', () => {
    const pace = createPace({ speed: 1, shift: false, start: START });
    expect(pace(500, START)).toEqual({ due: START, at: 500 });
    expect(pace(2_500, START)).toEqual({ due: START + 2_000, at: 2_500 });
  });

  it('divides them by the speed', () => {
    const pace = createPace({ speed: 10, shift: true, start: START });
    pace(0, START);
    expect(pace(60_000, START)).toEqual({ due: START + 6_000, at: START + 6_000 });
  });

  it('sends one from before the first at once, and keeps it before', () => {
    const pace = createPace({ speed: 1, shift: true, start: START });
    pace(10_000, START);
    expect(pace(9_000, START + 50)).toEqual({ due: START, at: START - 1_000 });
  });

  it('knows no waiting at full speed', () => {
    const pace = createPace({ speed: Number.POSITIVE_INFINITY, shift: true, start: START });
    expect(pace(1, START + 7)).toEqual({ due: START + 7, at: START + 7 });
    const kept = createPace({ speed: Number.POSITIVE_INFINITY, shift: false, start: START });
    expect(kept(1, START + 7)).toEqual({ due: START + 7, at: 1 });
  });

  it('leaves one without an instant as it is', () => {
    const pace = createPace({ speed: 1, shift: true, start: START });
    expect(pace(null, START + 9)).toEqual({ due: START + 9, at: null });
  });
});
