import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinearLabeller } from './linear.ts';
import { labelLines, LineSplitter, MAX_LINE, parseLine } from './ndjson.ts';

describe('parseLine', () => {
  it('takes text and an optional tag, and names what is wrong with anything else', () => {
    expect(parseLine('{"text":"a","lang":"fr"}')).toEqual({ input: { text: 'a', lang: 'fr' } });
    expect(parseLine('{"text":"a","lang":null}')).toEqual({ input: { text: 'a' } });
    expect(parseLine('{')).toEqual({ error: 'not_json' });
    expect(parseLine('[1]')).toEqual({ error: 'not_an_object' });
    expect(parseLine('{"text":1}')).toEqual({ error: 'text_missing' });
    expect(parseLine('{"text":"a","lang":3}')).toEqual({ error: 'lang_not_a_string' });
    expect(parseLine(`"${'x'.repeat(MAX_LINE)}"`)).toEqual({ error: 'line_too_long' });
  });
});

describe('labelLines', () => {
  it('keeps the order, with an error in the place of a broken line', async () => {
    const out = await labelLines(createLinearLabeller(), [
      '{"text":"I love it"}',
      '{',
      '{"text":"nul","lang":"fr"}',
    ]);
    expect(out.map((line): unknown => JSON.parse(line))).toMatchObject([
      { label: 'positive', lang: 'en', model: 'fanfare-linear-1' },
      { error: 'not_json' },
      { label: 'negative', lang: 'fr' },
    ]);
  });
});

describe('LineSplitter', () => {
  it('gives the same lines however the input is cut', () => {
    const line = fc.string({ minLength: 1 }).map((s) => `x${s.replace(/[\r\n]/g, '')}`);
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(20)), (lines, cuts) => {
        let rest = lines.map((l) => `${l}\r\n`).join('');
        const splitter = new LineSplitter();
        const out: string[] = [];
        for (const cut of cuts) {
          out.push(...splitter.push(rest.slice(0, cut)));
          rest = rest.slice(cut);
        }
        out.push(...splitter.push(rest), ...splitter.flush());
        expect(out).toEqual(lines);
      }),
    );
  });

  it('holds no more than one line, however long it is', () => {
    const splitter = new LineSplitter();
    for (let i = 0; i < 100; i++) expect(splitter.push('x'.repeat(10_000))).toEqual([]);
    const [line] = splitter.push('\n');
    expect(line?.length).toBeLessThanOrEqual(MAX_LINE + 10_001);
    expect(line?.length).toBeGreaterThan(MAX_LINE);
  });
});
