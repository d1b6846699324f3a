import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NOW, like, openDoor, type Door, type DoorAnswer } from './door.ts';

const CSV = 'text/csv';
const HEADER = 'network,fan,at,age,method,notice_version,notice_locale,evidence,measure,influence';
const AT = '2026-11-01T09:00:00Z';

/** A good line; the columns of `HEADER`. */
const row = (fan: string, measure = 'yes', influence = '') =>
  `facebook,${fan},${AT},18+,paper,2026-11,fr,form-7,${measure},${influence}`;

describe('a table of consents', () => {
  let door: Door;
  let brand: string;

  beforeAll(async () => {
    door = await openDoor();
  });
  afterAll(() => door.test.close());
  beforeEach(async () => {
    brand = await door.brand();
  });

  const post = (body: RequestInit['body'], type = CSV, query = ''): Promise<DoorAnswer> =>
    door.post(`/brands/${brand}/consents${query}`, body, type);
  const table = (...lines: string[]) => post([HEADER, ...lines].join('\n'));
  const purposesOf = async (fan: string): Promise<string[]> => {
    const { body } = await door.test.call('POST', `/brands/${brand}/fans/held`, { network: 'facebook', fan });
    const { consents } = body as { consents: { purpose: string; granted: boolean; expiresAt?: string }[] };
    return consents.map(
      ({ purpose, granted, expiresAt }) => `${granted ? '+' : '-'}${purpose} ${expiresAt ?? ''}`,
    );
  };

  it('is taken like the same records in JSON, and counts from then on', async () => {
    const { status, body } = await table(row('bo'), row('cy', 'OUI', 'non'), row('di', '1', 'VRAI'));
    expect([status, body]).toEqual([200, { received: 3, accepted: 3, rejected: 0, errors: [] }]);
    const event = { ...like, id: 'b', fan: 'bo' };
    expect((await door.post(`/brands/${brand}/events`, JSON.stringify(event))).body.counted).toBe(1);
    expect(await purposesOf('cy')).toEqual([
      expect.stringMatching(/^[+]measure 2027-/) as string,
      expect.stringMatching(/^-influence/) as string,
    ]);
    const same = {
      network: 'facebook',
      fan: 'bo',
      purposes: { measure: true },
      at: AT,
      age: '18+',
      method: 'paper',
      notice: { version: '2026-11', locale: 'fr' },
      evidence: 'form-7',
    };
    expect((await post(JSON.stringify(same), 'application/json')).body.accepted).toBe(1);
    expect(await purposesOf('bo')).toHaveLength(1);
  });

  it('may come as a spreadsheet writes it: semicolons, a mark, CRLF, quotes, another order, empty rows', async () => {
    const text =
      '\ufeff"Measure";expires;fan;network;at;age;method;Notice_Version;notice_locale\r\n' +
      ` oui ;2027-01-01T00:00:00Z;"4;2 ""x""";facebook;${AT};18+;form;2026-11;fr\r\n;;;;;;;;\r\n\r\n` +
      `non;;bo;facebook;${AT};18+;form;2026-11;fr`;
    const { body } = await post(text, 'text/csv; charset=UTF-8; header=present');
    expect(body).toMatchObject({ received: 2, accepted: 2 });
    expect(await purposesOf('4;2 "x"')).toEqual(['+measure 2027-01-01T00:00:00.000Z']);
  });

  it('refuses each bad line by its number and reason, and keeps its neighbours', async () => {
    const wrong: readonly (readonly [line: string, code: string, field?: string])[] = [
      [row('bo', 'maybe'), 'bad_value', 'purposes.measure'],
      [row('bo', ''), 'missing_field', 'purposes'],
      [row('bo', '', 'yes'), 'needs_measure', 'purposes'],
      [row('bo').replace('18+', ''), 'missing_field', 'age'],
      [row('bo').replace('18+', '12'), 'bad_value', 'age'],
      [row('bo').replace(AT, '2026-11-23T00:00:00Z'), 'in_future', 'at'],
      [row('bo').replace(AT, '2019-11-23T00:00:00Z'), 'too_old', 'at'],
      [row('bo').replace(AT, '01/11/2026'), 'bad_value', 'at'],
      [row('bo').replace('paper', 'fax'), 'bad_value', 'method'],
      [row('bo').replace('2026-11,', ','), 'missing_field', 'notice.version'],
      [row(''), 'missing_field', 'fan'],
      [row('"1,02345E+15"'), 'bad_value', 'fan'],
      [row('a\0b'), 'bad_text', 'fan'],
      [row('bo').replace('facebook', 'myspace'), 'bad_value', 'network'],
      [`${row('bo')},more`, 'bad_csv'],
      ['facebook,bo', 'bad_csv'],
      [row('"bo'), 'bad_csv'],
      [row('b"o'), 'bad_csv'],
      [row('"bo"x'), 'bad_csv'],
      [row('x'.repeat(65_600)), 'line_too_long'],
      ['hello', 'bad_csv'],
    ];
    const { body } = await table(...wrong.flatMap(([line], i) => [line, row(`good-${i}`)]));
    expect(body).toMatchObject({
      received: wrong.length * 2,
      accepted: wrong.length,
      rejected: wrong.length,
    });
    expect(body.errors.map(({ line, index, code, field }) => [line, index, code, field])).toEqual(
      wrong.map(([, code, field], i) => [i * 2 + 2, i * 2, code, field]),
    );
  });

  it('refuses a line in another encoding, wherever it stands', async () => {
    const lines = [HEADER, row('bo').replace('form-7', 'reçu'), row('cy')].join('\n');
    const { body } = await post(Buffer.from(lines, 'latin1'));
    expect(body).toMatchObject({ received: 2, accepted: 1, errors: [{ line: 2, code: 'bad_text' }] });
  });

  it('is refused as a whole, by name, when its header cannot be used', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', 'names the columns'],
      ['\n\n', 'names the columns'],
      [`${HEADER},newsletter\n`, '"newsletter" is not a column'],
      [`${HEADER},fan\n`, '"fan" is there twice'],
      [HEADER.replace(',age', ''), '"age" is missing'],
      [HEADER.replace(',measure,influence', ''), 'no column is one of measure'],
      [`"${HEADER}`, 'quotes'],
      [row('bo'), 'is not a column'],
      ['x'.repeat(70_000), 'UTF-8'],
      ['<html></html>', 'is not a column'],
    ];
    for (const [header, why] of cases) {
      const { status, body } = await post(header && `${header}\n${row('bo')}`);
      expect([status, body.code, body.detail]).toEqual([
        400,
        'bad_field',
        expect.stringContaining(header === '\n\n' ? 'is not a column' : why) as string,
      ]);
    }
    expect(await purposesOf('bo')).toEqual([]);
  });

  it('is recorded once, however often it is sent', async () => {
    const lines = [row('bo'), row('cy', 'yes', 'yes'), row('bo')];
    const chain = () => door.test.database.sql`
      select consent_records, consent_head from brand where slug = ${brand}`;
    expect((await table(...lines)).body).toMatchObject({ received: 3, accepted: 3 });
    const before = await chain();
    for (let i = 0; i < 3; i++) expect((await table(...lines)).body.accepted).toBe(3);
    expect(await chain()).toEqual(before);
    expect(await purposesOf('bo')).toHaveLength(1);
    // Something new in a line that is held already: that alone is added.
    await table(row('bo', 'yes', 'yes'));
    expect(await purposesOf('bo')).toHaveLength(2);
  });

  it('does not give again what was withdrawn since', async () => {
    await table(row('bo'));
    await door.test.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan: 'bo' });
    expect((await table(row('bo'))).body.accepted).toBe(1);
    const event = { ...like, id: 'w', fan: 'bo' };
    expect((await door.post(`/brands/${brand}/events`, JSON.stringify(event))).body).toMatchObject({
      refused: 1,
    });
  });

  it('ends early where it says so, and never late', async () => {
    const header = `${HEADER},expires`;
    const until = (fan: string, end: string) => `${row(fan)},${end}`;
    const { body } = await post(
      [
        header,
        until('early', '2026-11-22T09:00:00Z'),
        until('late', '2036-01-01T00:00:00Z'),
        until('odd', '2026-10-01T00:00:00Z'),
        until('bad', 'soon'),
      ].join('\n'),
    );
    expect(body.errors.map(({ line, field }) => [line, field])).toEqual([
      [4, 'expires'],
      [5, 'expires'],
    ]);
    const counted = async (fan: string) => {
      const event = { ...like, id: fan, fan };
      return (await door.post(`/brands/${brand}/events`, JSON.stringify(event))).body.counted;
    };
    expect([await counted('early'), await counted('late')]).toEqual([0, 1]);
    expect(await purposesOf('late')).toEqual([expect.stringMatching(/^[+]measure 2027-12-/) as string]);
    expect(await door.test.app.lines.find(brand)!.load()).toBeUndefined();
    expect((await door.test.board(brand, '1h')).measures['consenting@1']!.value).toBe(2);
    expect(NOW).toBeGreaterThan(Date.parse('2026-11-22T09:00:00Z'));
  });

  it('tells as many faults as were asked for', async () => {
    const bad = Array.from({ length: 1_200 }, (_, i) => row(`f${i}`, 'maybe'));
    const text = [HEADER, ...bad].join('\n');
    expect((await post(text)).body.errors).toHaveLength(100);
    const { body } = await post(text, CSV, '?errors=1000');
    expect(body).toMatchObject({ received: 1_200, rejected: 1_200 });
    expect(body.errors).toHaveLength(1_000);
    for (const asked of ['0', '1001', 'all', '1&errors=2']) {
      expect((await post(text, CSV, `?errors=${asked}`)).status).toBe(400);
    }
  });

  it('may be cut anywhere', async () => {
    const bytes = Buffer.from([HEADER, row('é'), row('bo')].join('\r\n'));
    for (const size of [1, 3, 7, 64]) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.subarray(at, at + size));
          controller.close();
        },
      });
      expect((await post(body)).body).toMatchObject({ received: 2, accepted: 2 });
    }
    expect(await purposesOf('é')).toHaveLength(1);
  });

  it('is no way to send events, and no other character set is taken', async () => {
    expect((await door.post(`/brands/${brand}/events`, row('bo'), CSV)).status).toBe(415);
    expect((await post(row('bo'), 'text/csv; charset=windows-1252')).status).toBe(415);
  });
});
