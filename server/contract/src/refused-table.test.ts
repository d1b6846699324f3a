import { describe, expect, it } from 'vitest';
import { refusedHeader, refusedRow } from './refused-table.ts';

describe('a report of refused lines', () => {
  it('names its columns and says in its mark that it is UTF-8', () => {
    expect(refusedHeader('ligne', 'raison', 'texte')).toBe('\ufeff"ligne","raison","texte"\r\n');
  });

  it('keeps quotes, delimiters and accents as they are', () => {
    const row = refusedRow({ line: 7, reason: 'âge : requis', original: 'facebook,"a ""b""",é' });
    expect(row).toBe('7,"âge : requis","facebook,""a """"b"""""",é"\r\n');
  });

  it('is never run as a formula', () => {
    for (const original of ['=1+1', ' @SUM(A1)', '\u00a0-2', '\uff1dcmd', '+33 6']) {
      expect(refusedRow({ line: 1, reason: 'x', original })).toBe(`1,"x","'${original}"\r\n`);
    }
  });
});
