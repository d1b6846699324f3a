import { describe, expect, it } from 'vitest';
import { readJson } from './read-json.ts';

const read = (text: string) => readJson(Buffer.from(text));

describe('readJson', () => {
  it('keeps every digit of long numbers, and leaves texts alone', () => {
    expect(read('{"a":12345678901234567890,"b":[9007199254740993],"c":1449135003}')).toEqual({
      a: '12345678901234567890',
      b: ['9007199254740993'],
      c: 1449135003,
    });
    expect(read('{"t":"id: 12345678901234567890, ok","n":12345678901234567891}')).toEqual({
      t: 'id: 12345678901234567890, ok',
      n: '12345678901234567891',
    });
  });

  it('tells what is no JSON', () => {
    expect([read(''), read('{'), readJson(Buffer.from([0x22, 0xff, 0x22]))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
