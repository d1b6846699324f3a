import { describe, expect, it } from 'vitest';
import { parsePidFile } from './pidfile.ts';

describe('postmaster.pid', () => {
  it('names the process and whether it is ready', () => {
    const lines = ['4711', '/data', '1700000000', '20000', '', '127.0.0.1', ' 123 456'];
    expect(parsePidFile([...lines, 'ready   ', ''].join('\n'))).toEqual({ pid: 4711, ready: true });
    expect(parsePidFile([...lines, 'starting', ''].join('\n'))).toEqual({ pid: 4711, ready: false });
    expect(parsePidFile(lines.join('\n'))).toEqual({ pid: 4711, ready: false });
  });

  it('is nothing when it is empty, cut short or no number', () => {
    for (const text of ['', '\n', 'x\n', '0\n', '1\n', '-5\n', '1.5\n'])
      expect(parsePidFile(text)).toBeNull();
  });
});
