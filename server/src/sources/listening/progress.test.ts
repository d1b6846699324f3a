import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

describe('Progress', () => {
  it('passes no message that is under way, in whatever order they end', () => {
    const progress = new Progress(5);
    const [a, b, c] = [progress.begin(10), progress.begin(20), progress.begin(30)];
    c();
    b();
    expect([progress.position, progress.size]).toEqual([5, 3]);
    a();
    expect([progress.position, progress.size]).toEqual([30, 0]);
  });
  it('goes back where it is told to, and never by a repeated message', () => {
    const progress = new Progress(null);
    expect(progress.position).toBeNull();
    progress.begin(50)();
    progress.begin(40)();
    expect(progress.position).toBe(50);
    progress.rewind(30);
    expect(progress.position).toBe(30);
  });
});
