import { afterEach, describe, expect, it, vi } from 'vitest';
import { dataDir, needData } from './data.ts';
import { temporaryTree } from './tree.ts';

describe('the folder of recordings', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const skip = (note?: string): never => {
    throw new Error(note);
  };

  it('is where FANFARE_DATA says', async () => {
    const { root, remove } = await temporaryTree({ 'likes/one.jsonl': '' });
    vi.stubEnv('FANFARE_DATA', root);
    expect(dataDir()).toBe(root);
    expect(needData({ skip }, 'likes/one.jsonl')).toBe(`${root}/likes/one.jsonl`);
    expect(() => needData({ skip }, 'likes/two.jsonl')).toThrow('skipped: likes/two.jsonl is not there');
    await remove();
  });

  it('may be absent: the test that needs it is skipped with a word', () => {
    vi.stubEnv('FANFARE_DATA', '/nowhere/at/all');
    expect(dataDir()).toBeUndefined();
    expect(() => needData({ skip }, 'likes/one.jsonl')).toThrow('set FANFARE_DATA');
  });
});
