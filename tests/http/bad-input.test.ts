import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TOKEN } from '../support/app.ts';
import { NDJSON, NOW, like, openDoor, type Door } from './door.ts';

describe('bad input through the HTTP door', () => {
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
      const url = `${door.test.url}/api/v1/brands/${brand}/events`;
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
