import { describe, expect, it } from 'vitest';
import { netOf, onScale, sparkPath } from './spark.ts';

const box = { width: 100, height: 20 };

describe('sparkPath', () => {
  it('breaks where a bucket is hidden', () => {
    expect(sparkPath([0, 10, null, 5, 10], 10, box)).toBe('M0 20L25 0M75 10L100 0');
  });
  it('passes over what is not there', () => {
    expect(sparkPath([0, undefined, 10], 10, box)).toBe('M0 20L100 0');
  });
  it('is empty when there is nothing to draw', () => {
    expect(sparkPath([], 10, box)).toBe('');
    expect(sparkPath([0, 0], 0, box)).toBe('');
  });
});

describe('netOf', () => {
  it('is positive less negative in a hundred texts, hidden where those are, and nothing without a text', () => {
    const bar = (positive: number, neutral: number, negative: number) => ({ positive, neutral, negative });
    expect(netOf([bar(3, 1, 0), bar(0, 0, 2), null, bar(0, 0, 0)])).toEqual([75, -100, null, undefined]);
  });
});

describe('onScale', () => {
  it('maps −100…100 to the width and stays inside', () => {
    expect([-100, 0, 50, 120].map((v) => onScale(v, 200))).toEqual([0, 100, 150, 200]);
  });
});
