import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventsAnswer, Problem } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const NOW = Date.parse('2026-11-22T10:00:30Z');
const NDJSON = 'application/x-ndjson';
const like = {
  id: 'like-0',
  network: 'facebook',
  kind: 'reaction',
  fan: 'ada',
  occurredAt: '2026-11-22T10:00:00Z',
};

describe('bad input through the HTTP door', () => {
  let test: TestApp;
  let brand: string;
  let made = 0;

  beforeAll(async () => {
    test = await startApp({ clock: () => NOW });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    brand = await test.makeBrand(`bad-${++made}`);
    await test.call('POST', `/brands/${brand}/consents`, consent('ada', NOW - 3_600_000));
  });

  /** Posts raw bytes; whatever comes back, the server lives and is no server error. */
  const post = async (
    body: RequestInit['body'],
    type: string | null = 'application/json',
    path = `/brands/${brand}/events`,
    token = TOKEN,
  ) => {
    const answer = await fetch(`${test.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(type === null ? {} : { 'content-type': type }) },
      ...(body == null ? {} : { body, duplex: 'half' as const }),
    });
    const read = (await answer.json()) as EventsAnswer & Problem;
    expect(answer.status).toBeLessThan(500);
    expect((await fetch(`${test.url}/healthz`)).status).toBe(200);
    return { status: answer.status, type: answer.headers.get('content-type'), body: read };
  };
  const count = async () => (await test.board(brand, '1h')).measures['engagements@1']!.value;

  /** Fields that make an event bad, with the field and the code that the answer must name. */
  const bad: readonly (readonly [string, Record<string, unknown>, string | undefined, string])[] = [
    ['a numeric id', { id: 17 }, 'id', 'bad_type'],
    ['a numeric fan', { fan: 17 }, 'fan', 'bad_type'],
    ['no id', { id: undefined }, 'id', 'missing_field'],
    ['no fan', { fan: undefined }, 'fan', 'missing_field'],
    ['no kind', { kind: undefined }, 'kind', 'missing_field'],
    ['an id that is null', { id: null }, 'id', 'bad_type'],
    ['an empty id', { id: '' }, 'id', 'bad_value'],
    ['an id of 257 characters', { id: 'x'.repeat(257) }, 'id', 'too_long'],
    ['an unknown network', { network: 'myspace' }, 'network', 'bad_value'],
    ['an unknown verb', { verb: 'toString' }, 'verb', 'bad_value'],
    ['a revision below zero', { rev: -1 }, 'rev', 'bad_type'],
    ['a revision as text', { rev: '1' }, 'rev', 'bad_type'],
    ['a broken revision', { rev: 1.5 }, 'rev', 'bad_type'],
    ['a list for text', { text: ['good'] }, 'text', 'bad_type'],
    ['a text of 10 001 characters', { text: 'x'.repeat(10_001) }, 'text', 'too_long'],
    ['an unknown field', { mood: 'fine' }, 'mood', 'unknown_field'],
    ['a field called constructor', { constructor: {} }, 'constructor', 'unknown_field'],
    ['a field called hasOwnProperty', { hasOwnProperty: 1 }, 'hasOwnProperty', 'unknown_field'],
    ['NUL in an id', { id: 'a\0b' }, 'id', 'bad_text'],
    ['NUL in a text', { text: '\0' }, 'text', 'bad_text'],
    ['a lone surrogate in a text', { text: 'good \ud83d' }, 'text', 'bad_text'],
    ['a lone surrogate in an object', { object: '\udc00' }, 'object', 'bad_text'],
    ['a lone surrogate in a field name', { '\ud83d': 1 }, '\ufffd', 'unknown_field'],
    ['an instant ahead', { occurredAt: '2026-11-22T10:05:31Z' }, 'occurredAt', 'in_future'],
    ['an instant long ago', { occurredAt: '2024-01-01T00:00:00Z' }, 'occurredAt', 'too_old'],
    ['an instant without offset', { occurredAt: '2026-11-22T10:00:00' }, 'occurredAt', 'bad_value'],
    ['a day that is none', { occurredAt: '2026-02-30T10:00:00Z' }, 'occurredAt', 'bad_value'],
    ['an instant as a number', { occurredAt: NOW }, 'occurredAt', 'bad_type'],
  ];

  for (const [what, fields, field, code] of bad) {
    it(`rejects ${what} by field and index, and keeps its neighbours`, async () => {
      const events = [
        { ...like, id: 'before' },
        { ...like, ...fields },
        { ...like, id: 'after' },
      ];
      const expected = { received: 3, counted: 2, rejected: 1, errors: [{ index: 1, field, code }] };
      expect((await post(JSON.stringify(events))).body).toMatchObject(expected);
      const lines = events.map((event) => JSON.stringify(event)).join('\n');
      expect((await post(lines, NDJSON)).body).toMatchObject({ ...expected, counted: 0, duplicate: 2 });
      expect(await count()).toBe(2);
    });
  }

  it('rejects __proto__ as the field it is', async () => {
    const text = JSON.stringify(like).replace('{', '{"__proto__":{"verb":"remove"},');
    const { body } = await post(`[${text},${JSON.stringify(like)}]`);
    expect(body).toMatchObject({ counted: 1, rejected: 1 });
    expect(body.errors).toEqual([expect.objectContaining({ index: 0, field: '__proto__' })]);
    expect({}).not.toHaveProperty('verb');
  });

  it('counts items that are no objects', async () => {
    const { body } = await post(JSON.stringify([1, null, 'x', [like], true, like]));
    expect(body).toMatchObject({ received: 6, counted: 1, rejected: 5 });
    expect(body.errors.map(({ index, code }) => [index, code])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [index, 'not_an_object']),
    );
  });

  const broken: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
    ['half an object', '{"id":'],
    ['two objects', '{}{}'],
    ['nothing', ''],
    ['white space', ' \n '],
    ['a word', 'hello'],
    ['NaN', '[NaN]'],
    ['a byte order mark', '\ufeff[]'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['an overlong encoding', new Uint8Array([0x22, 0xc0, 0x80, 0x22])],
    ['UTF-16', new Uint8Array(Buffer.from('[]', 'utf16le'))],
    ['brackets that never close', '['.repeat(900_000)],
  ];
  for (const [what, body] of broken) {
    it(`answers 400 bad_json to ${what}`, async () => {
      const answer = await post(body);
      expect(answer).toMatchObject({ status: 400, body: { status: 400, code: 'bad_json' } });
      expect(answer.type).toContain('application/problem+json');
      expect(await count()).toBe(0);
    });
  }

  it('takes deep nesting for what it is: not an event', async () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    expect((await post(`[${deep},${JSON.stringify(like)}]`)).body).toMatchObject({ counted: 1, rejected: 1 });
    const wrapped = `{"text":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    expect((await post(wrapped)).body).toMatchObject({ rejected: 1, errors: [{ index: 0, field: 'text' }] });
    expect((await post(`${'['.repeat(20_000)}${']'.repeat(20_000)}`, NDJSON)).body.rejected).toBe(1);
  });

  it('tells the first 100 faults of a huge array, and counts them all', async () => {
    const { status, body } = await post(`[${'{},'.repeat(300_000)}{}]`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ received: 300_001, rejected: 300_001 });
    expect(body.errors).toHaveLength(100);
    expect(body.errors[99]).toMatchObject({ index: 99, code: 'missing_field' });
  });

  it('answers 413 to a JSON body over 1 MiB', async () => {
    expect(await post(JSON.stringify([' '.repeat(2 ** 20)]))).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
  });

  it('answers 415 to another content type, and 400 to a body that is missing', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense']) {
      expect(await post(JSON.stringify(like), type)).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media_type' },
      });
    }
    for (const path of ['events', 'consents', 'fans/withdraw', 'fans/erase']) {
      expect(await post(null, null, `/brands/${brand}/${path}`)).toMatchObject({
        status: 400,
        body: { code: 'bad_json' },
      });
    }
    expect((await post(JSON.stringify(like), 'application/json; charset=utf-8')).body.counted).toBe(1);
    expect((await post(JSON.stringify(like), `${NDJSON}; charset=utf-8`)).body.duplicate).toBe(1);
  });

  it('answers 401 to a wrong token and 404 to a brand nobody has', async () => {
    const body = JSON.stringify(like);
    for (const token of ['wrong', `${TOKEN}x`, 'x'.repeat(600), 'é']) {
      const headers = { authorization: `Bearer ${encodeURI(token)}`, 'content-type': 'application/json' };
      const url = `${test.url}/api/v1/brands/${brand}/events`;
      const answer = await fetch(url, { method: 'POST', headers, body });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
    }
    for (const slug of ['nobody', '__proto__', 'constructor', '%00', 'x'.repeat(200), '..%2f..']) {
      const answer = await post(body, 'application/json', `/brands/${slug}/events`);
      expect(answer, slug).toMatchObject({ status: 404 });
      expect(['unknown_brand', 'not_found']).toContain(answer.body.code);
      expect((await post(`${body}\n`, NDJSON, `/brands/${slug}/events`)).status).toBe(404);
    }
    expect(await post(body, 'application/json', '/brands/%E0%A4%A/events')).toMatchObject({
      status: 400,
      body: { code: 'bad_request' },
    });
    expect(await count()).toBe(0);
  });

  describe('as NDJSON', () => {
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
      const { top } = await test.board(brand, '1h');
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
      const gone = fetch(`${test.url}/api/v1/brands/${brand}/events`, {
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

  describe('about consent', () => {
    const good = consent('bo', NOW - 1_000);
    const wrong: readonly (readonly [object, string])[] = [
      [{ fan: 5 }, 'fan'],
      [{ purposes: { measure: 'yes' } }, 'purposes.measure'],
      [{ purposes: { everything: true } }, 'purposes.everything'],
      [{ purposes: {} }, 'purposes'],
      [{ purposes: { constructor: true } }, 'purposes.constructor'],
      [{ notice: { version: 'a\0', locale: 'fr' } }, 'notice.version'],
      [{ notice: { version: '1' } }, 'notice.locale'],
      [{ notice: { version: '1', locale: 'fr', more: 1 } }, 'notice.more'],
      [{ age: '12' }, 'age'],
      [{ at: '2027-01-01T00:00:00Z' }, 'at'],
      [{ method: undefined }, 'method'],
      [{ extra: 1 }, 'extra'],
    ];

    it('rejects a record by field and index, and keeps its neighbours', async () => {
      const records = wrong.flatMap(([fields]) => [{ ...good, ...fields }, good]);
      for (const type of ['application/json', NDJSON]) {
        const text =
          type === NDJSON ? records.map((r) => JSON.stringify(r)).join('\n') : JSON.stringify(records);
        const { body } = await post(text, type, `/brands/${brand}/consents`);
        expect(body).toMatchObject({
          received: wrong.length * 2,
          accepted: wrong.length,
          rejected: wrong.length,
        });
        expect(body.errors.map(({ index, field }) => [index, field])).toEqual(
          wrong.map(([, field], i) => [i * 2, field]),
        );
      }
    });

    it('answers 400 with the field to a withdrawal or an erasure that is wrong', async () => {
      for (const verb of ['withdraw', 'erase']) {
        for (const [body, field] of [
          [{ network: 'facebook' }, 'fan'],
          [{ network: 'facebook', fan: 5 }, 'fan'],
          [{ network: 'myspace', fan: 'ada' }, 'network'],
          [{ network: 'facebook', fan: 'a\0' }, 'fan'],
          [{ network: 'facebook', fan: 'ada', why: 'x' }, 'why'],
          [{ network: 'facebook', fan: 'ada', purposes: ['all'] }, 'purposes'],
        ] as const) {
          const answer = await post(
            JSON.stringify(body),
            'application/json',
            `/brands/${brand}/fans/${verb}`,
          );
          expect(answer.status).toBe(400);
          expect(answer.body.detail).toContain(field);
        }
      }
      expect((await post(JSON.stringify(like))).body.counted).toBe(1);
    });
  });

  it('never takes a brand with a wrong body', async () => {
    for (const body of [
      '[]',
      '{}',
      '{"slug":5}',
      '{"slug":"UPPER","name":"x"}',
      '{"slug":"ok","name":"a\\u0000"}',
      '{"slug":"ok","name":"x","timeZone":"Mars/Olympus"}',
      '{"slug":"ok","name":"x","__proto__":{}}',
      '{"slug":"ok","name":"x","sector":"constructor"}',
    ]) {
      const answer = await post(body, 'application/json', '/brands');
      expect(answer.status).toBe(400);
      expect(['bad_field', 'unknown_field']).toContain(answer.body.code);
    }
  });
});
