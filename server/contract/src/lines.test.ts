import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LINE, createLineCutter, linesOf } from './lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (part: Uint8Array) => new TextDecoder().decode(part);

/** All lines of a text that comes in pieces of these sizes. */
function cut(input: Uint8Array, size: number): string[] {
  const cutter = createLineCutter();
  const lines: string[] = [];
  for (let at = 0; at < input.length; at += size) {
    const { whole, tooLong } = cutter.push(input.subarray(at, at + size));
    if (whole) lines.push(...linesOf(whole).map(text));
    if (tooLong) lines.push('too long');
  }
  return [...lines, ...linesOf(cutter.end()).map(text)];
}

describe('cutting a stream into lines', () => {
  it('gives the same lines however it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zé"; ]{0,12}$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, size, end) => {
          expect(cut(bytes(lines.join(end)), size)).toEqual(lines);
        },
      ),
    );
  });

  it('leaves a line away that grows too long, and goes on after it', () => {
    const long = 'x'.repeat(MOST_LINE + 1);
    expect(cut(bytes(`a\n${long}${long}\nb\nc`), 10_000)).toEqual(['a', 'too long', 'b', 'c']);
    expect(cut(bytes(`a\n${'x'.repeat(MOST_LINE)}\nb`), 10_000)[1]).toHaveLength(MOST_LINE);
  });
});
