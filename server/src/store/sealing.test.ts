import { describe, expect, it } from 'vitest';
import { createSealing } from './sealing.ts';

describe('sealing', () => {
  const { seal, open } = createSealing('a secret of the tests');

  it('opens what it sealed, and nothing that was changed or shortened', () => {
    for (const text of ['', 'a key']) {
      const sealed = seal(Buffer.from(text));
      expect(Buffer.from(open(sealed)).toString()).toBe(text);
      for (let length = 0; length < sealed.length; length++)
        expect(() => open(sealed.subarray(0, length)), `${length} bytes`).toThrow();
      for (let at = 0; at < sealed.length; at++) {
        const changed = Buffer.from(sealed);
        changed[at]! ^= 1;
        expect(() => open(changed), `byte ${at}`).toThrow();
      }
    }
  });
});
