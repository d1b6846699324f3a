import { describe, expect, it } from 'vitest';
import { onScale, sparkPath } from './spark.ts';

const box = { width: 100, height: 20 };

describe('sparkPath', () => {
  it('breaks where a bucket is hidden', () => {
    expect(sparkPath([0, 10, null, 5, 10], 10, box)).toBe('M0 20L25 0M75 10L100 0');
  });
  it('is empty when there is nothing to draw', () => {
    expect(sparkPath([], 10, box)).toBe('');
    expect(sparkPath([0, 0], 0, box)).toBe('');
  });
});

describe('onScale', () => {
  it('maps −100…100 to the width and stays inside', () => {
    expect([-100, 0, 50, 120].map((v) => onScale(v, 200))).toEqual([0, 100, 150, 200]);
  });
});
