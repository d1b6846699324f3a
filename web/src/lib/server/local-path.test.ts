import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('localPath', () => {
  it('keeps our own paths', () => {
    expect(localPath('/en/b/maison?window=24h')).toBe('/en/b/maison?window=24h');
  });
  it('never leads to another site', () => {
    for (const path of [
      null,
      '',
      'x',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t\n/x',
      '/\t/evil.example',
    ]) {
      expect(localPath(path)).toBe('/');
    }
  });
});
