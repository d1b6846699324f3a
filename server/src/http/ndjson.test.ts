import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LINE } from '@fanfare/contract';
import { readNdjson, type Line } from './ndjson.ts';

/** A body in pieces that end at these places (in thousandths of its length). */
async function* pieces(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = cuts.map((cut) => Math.floor((cut / 1_000) * bytes.length)).sort((a, b) => a - b);
  const ends = [...places, bytes.length];
  for (const [i, end] of ends.entries()) yield bytes.subarray(ends[i - 1] ?? 0, end);
}

async function read(body: Buffer, cuts: readonly number[] = []): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const run of readNdjson(pieces(body, cuts))) lines.push(...run);
  return lines;
}

/** What one line is, by itself. */
function alone(line: Buffer): string | null {
  const text = line.toString('utf8');
  if (!Buffer.from(text).equals(line)) return 'bad_text';
  if (text.trim() === '') return null;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return 'bad_json';
  }
}

const told = (line: Line) => ('fault' in line ? line.fault.code : JSON.stringify(line.value));

describe('reading NDJSON', () => {
  it('is reading every line by itself, wherever the body is cut', async () => {
    const halves = fc.constantFrom(
      '{"a":[{}',
      '{}]}',
      '{},{}',
      '{"a":"}',
      '{","b":1}',
      '{',
      '}',
      '{}',
      '[]',
      '1',
    );
    const line = fc.oneof(
      fc.json({ maxDepth: 2 }).map((json) => Buffer.from(json)),
      fc
        .dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
        .map((o) => Buffer.from(JSON.stringify(o))),
      halves.map((text) => Buffer.from(text)),
      fc.constantFrom('', ' ', '\r', '\t{"a":1}\r', '\ufeff{}').map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a))),
    );
    const cuts = fc.array(fc.nat({ max: 1_000 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        cuts,
        fc.boolean(),
        async (lines, places, ended) => {
          const body = Buffer.concat(lines.flatMap((one, i) => [...(i > 0 ? [Buffer.from('\n')] : []), one]));
          const whole = ended ? Buffer.concat([body, Buffer.from('\n')]) : body;
          const expected = lines.map(alone).filter((one) => one !== null);
          expect((await read(whole, places)).map(told)).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives one fault for a line that is too long, however it comes', async () => {
    const long = `{"a":"${'x'.repeat(MOST_LINE)}"}`;
    const body = Buffer.from(`{"n":1}\n${long}\n{"n":2}\n${long}`);
    for (const cuts of [[], [500], [1, 2, 3, 250, 499, 501, 750, 999]]) {
      expect((await read(body, cuts)).map(told)).toEqual([
        '{"n":1}',
        'line_too_long',
        '{"n":2}',
        'line_too_long',
      ]);
    }
  });

  it('is nothing when there is nothing', async () => {
    expect(await read(Buffer.from(''))).toEqual([]);
    expect(await read(Buffer.from('\n\r\n \n'))).toEqual([]);
  });
});
