import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TOKEN } from '../support/app.ts';
import { NDJSON, like, openDoor, type Door } from './door.ts';

describe('bad lines of NDJSON', () => {
  let door: Door;
  let brand: string;

  beforeAll(async () => {
    door = await openDoor();
  });
  afterAll(() => door.test.close());
  beforeEach(async () => {
    brand = await door.brand();
  });

  const post = (body: RequestInit['body'], type?: string | null, path = `/brands/${brand}/events`) =>
    door.post(path, body, type);
  const count = () => door.count(brand);

  const encoder = new TextEncoder();
  const line = (id: string, fields: object = {}) => `${JSON.stringify({ ...like, id, ...fields })}\n`;
  /** A body that leaves in pieces of these many bytes. */
  const pieces = (bytes: Uint8Array<ArrayBuffer>, size: number) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
        controller.close();
      },
    });

  it('rejects a broken line alone, wherever it stands', async () => {
    const lines = ['{"id":', line('a'), 'hello\n', line('b'), '{}{}\n', line('c'), '[1'];
    const { body } = await post(lines.join('').replace('{"id":', '{"id":\n'), NDJSON);
    expect(body).toMatchObject({ received: 7, counted: 3, rejected: 4 });
    expect(body.errors.map(({ index, code }) => [index, code])).toEqual([
      [0, 'bad_json'],
      [2, 'bad_json'],
      [4, 'bad_json'],
      [6, 'bad_json'],
    ]);
  });

  it('reads every line by itself: halves of two never make one, nor does one make two', async () => {
    const halves = [`{"id":"a","text":[{}\n`, `{}]}\n`, `${line('b').trim()},${line('c')}`];
    const { body } = await post(halves.join('') + line('d'), NDJSON);
    expect(body).toMatchObject({ received: 4, counted: 1, rejected: 3 });
    expect(body.errors.map(({ index, code }) => [index, code])).toEqual(
      [0, 1, 2].map((index) => [index, 'bad_json']),
    );
  });

  it('rejects a line of 10 MB without holding it, and keeps its neighbours', async () => {
    const long = `{"text":"${'x'.repeat(10_000_000)}"}\n`;
    const { body } = await post(line('a') + long + line('b'), NDJSON);
    expect(body).toMatchObject({ received: 3, counted: 2, rejected: 1 });
    expect(body.errors).toMatchObject([{ index: 1, code: 'line_too_long' }]);
    expect((await post(long.trim(), NDJSON)).body).toMatchObject({ received: 1, rejected: 1 });
  });

  it('takes a line of 64 KiB, and not one byte more', async () => {
    const padded = (bytes: number) => line('a').trim().padEnd(bytes, ' ');
    const { body } = await post(`${padded(65_536)}\n${padded(65_537)}\n${line('b')}`, NDJSON);
    expect(body).toMatchObject({ received: 3, counted: 2 });
    expect(body.errors).toMatchObject([{ index: 1, code: 'line_too_long' }]);
  });

  it('rejects a line that is not UTF-8, and keeps its neighbours', async () => {
    const wrong = Buffer.from(line('b', { text: 'caf\u00e9' }), 'latin1');
    const { body } = await post(
      Buffer.concat([encoder.encode(line('a')), wrong, encoder.encode(line('c'))]),
      NDJSON,
    );
    expect(body).toMatchObject({ received: 3, counted: 2, errors: [{ index: 1, code: 'bad_text' }] });
  });

  it('may be cut anywhere, inside characters too', async () => {
    const bytes = encoder.encode(
      ['a', 'b', 'c'].map((id) => line(`${id} 😀 é`, { text: 'good 😀 été', object: '👩‍👩‍👧' })).join(''),
    );
    for (const size of [1, 2, 3, 7, 64]) {
      expect((await post(pieces(bytes, size), NDJSON)).body).toMatchObject({ received: 3, rejected: 0 });
    }
    const { top } = await door.test.board(brand, '1h');
    expect(top.objects[0]).toMatchObject({ object: '👩‍👩‍👧', 'engagements@1': { value: 3 } });
  });

  it('may have empty lines, carriage returns and no end, but a byte order mark costs its line', async () => {
    const text = `\r\n${line('a').trim()}\r\n\n   \n${line('b').trim()}`;
    expect((await post(text, NDJSON)).body).toMatchObject({ received: 2, counted: 2 });
    const marked = `\ufeff${line('c')}${line('d')}`;
    expect((await post(marked, NDJSON)).body).toMatchObject({
      received: 2,
      counted: 1,
      errors: [{ index: 0, code: 'bad_json' }],
    });
    expect((await post('', NDJSON)).body).toMatchObject({ received: 0 });
  });

  it('survives a client that goes away in the middle', async () => {
    const stop = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encoder.encode(line('a') + line('b').slice(0, 20)));
        setTimeout(() => stop.abort(), 100);
      },
    });
    const gone = fetch(`${door.test.url}/api/v1/brands/${brand}/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': NDJSON },
      body,
      duplex: 'half',
      signal: stop.signal,
    });
    await expect(gone).rejects.toThrow();
    expect((await post(line('a') + line('b'), NDJSON)).body).toMatchObject({ received: 2, rejected: 0 });
    expect(await count()).toBe(2);
  });
});
