import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Runs the command on the given input; extra environment may be set. */
async function run(input: string | Buffer, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'label.ts')], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdin.end(input);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, err, lines: out.split('\n').filter((line) => line !== '') };
}

describe('pnpm label', () => {
  it('answers line by line, in order, with an error in the place of a broken line', async () => {
    const { code, err, lines } = await run(
      '{"text":"I love it"}\r\n{bad\n\n{"text":"je déteste","lang":"fr-FR"}\n{"text":"\\ud800"}\n{"text":"ok","lang":"ja"}',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { label: 'positive', confidence: expect.any(Number) as number, lang: 'en', model: 'fanfare-linear-1' },
      { error: 'not_json' },
      { label: 'negative', confidence: expect.any(Number) as number, lang: 'fr', model: 'fanfare-linear-1' },
      { label: 'unknown', confidence: 0, lang: 'und', model: 'fanfare-linear-1' },
      { label: 'unknown', confidence: 0, lang: 'ja', model: 'fanfare-linear-1' },
    ]);
  });

  it('keeps 20 000 lines in order across chunks', async () => {
    const input = Array.from({ length: 20_000 }, (_, i) =>
      i % 7 === 3 ? 'x' : '{"text":"héhé 😂 good","lang":"en"}',
    );
    const { lines } = await run(input.join('\n'));
    expect(lines.length).toBe(input.length);
    expect(lines.every((line, i) => line.startsWith(i % 7 === 3 ? '{"error"' : '{"label"'))).toBe(true);
  });

  it('stops with one clear line when the model of the user cannot be loaded', async () => {
    const { code, err, lines } = await run('{"text":"a"}\n', { SENTIMENT_MODEL: '/nowhere/model.onnx' });
    expect({ code, lines }).toEqual({ code: 2, lines: [] });
    expect(err.trim()).toBe('SENTIMENT_MODEL: there is no file /nowhere/model.onnx');
  });
});
