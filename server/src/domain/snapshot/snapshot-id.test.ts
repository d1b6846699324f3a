import { expect, it } from 'vitest';
import { snapshotId } from './snapshot-id.ts';

it('begins with a letter whatever chance gives, and is as long as its bytes', () => {
  for (let first = 0; first < 256; first++) {
    const chance = new Uint8Array(16).fill(250);
    chance[0] = first;
    expect(snapshotId(chance)).toMatch(/^[A-Za-z][\w-]{21}$/);
  }
});
