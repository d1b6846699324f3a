import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODEL_FILE } from './linear.ts';
import { packWeights, unpackWeights } from './weights.ts';

const bytes = readFileSync(MODEL_FILE);

describe('the shipped model file', () => {
  it('is at most 4 MB and is the one whose hash is recorded beside it', () => {
    expect(bytes.length).toBeLessThanOrEqual(4_000_000);
    const recorded = readFileSync(new URL('./linear-1.sha256', MODEL_FILE), 'utf8').trim();
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(recorded);
  });

  it('survives unpacking and packing byte for byte', () => {
    expect(Buffer.from(packWeights(unpackWeights(bytes))).equals(bytes)).toBe(true);
  });

  it('is refused when cut short or something else', () => {
    expect(() => unpackWeights(bytes.subarray(0, 100_000))).toThrow(/cut short/);
    expect(() => unpackWeights(bytes.subarray(0, 20))).toThrow(/cut short/);
    expect(() => unpackWeights(Buffer.from('hello world'))).toThrow(/not a Fanfare model/);
    expect(() => unpackWeights(new Uint8Array())).toThrow(/not a Fanfare model/);
  });
});
