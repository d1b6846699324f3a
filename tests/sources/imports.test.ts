import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IMPORT_HEAD, type ImportBody, type ImportLooked, type ImportPlan } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';
import { randomFrom } from '../support/random.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000 + 500;
const clock = () => now;
const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
const FANS = ['ada', 'bo', 'cy', 'di'];
const PLAN: ImportPlan = {
  ...{ format: 'csv', encoding: 'utf-8', delimiter: ';', fixed: { network: 'facebook' } },
  columns: { id: 'Id', fan: 'Auteur', occurredAt: 'Date', kind: 'Type', text: 'Texte' },
  ...{ dates: 'iso', zone: 'UTC' },
};
const HEADER = 'Id;Auteur;Date;Type;Texte\n';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock });
});
afterAll(() => app.close());

const line = (i: number, fan: string, text = `good ${i} ${'x'.repeat(300)}`) =>
  `e${i};${fan};${new Date(now - 600_000 + i).toISOString()};comment;"${text}"\n`;
/** A file of consenting fans, strangers, repetitions and lines that are none. */
function fileOf(lines: number): string {
  const chance = randomFrom(seed);
  const body = Array.from({ length: lines }, (_, i) => {
    const fan = chance() < 0.7 ? FANS[Math.floor(chance() * FANS.length)]! : `stranger-${i}`;
    if (chance() < 0.05) return `e${i};${fan};hier;comment;bad date\n`;
    return line(
      chance() < 0.1 ? Math.max(0, i - 5) : i,
      fan,
      chance() < 0.2 ? 'so "" good\n; twice' : undefined,
    );
  });
  return HEADER + body.join('');
}

interface Told {
  status: number;
  body: ImportBody & { code?: string };
}
async function part(
  on: TestApp,
  brand: string,
  one: Pick<ImportBody, 'id'>,
  offset: number,
  bytes: Uint8Array,
  last: boolean,
): Promise<Told> {
  const answer = await fetch(
    `${on.url}/api/v1/brands/${brand}/imports/${one.id}/parts?offset=${offset}${last ? '&last=1' : ''}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(bytes),
    },
  );
  return { status: answer.status, body: (await answer.json()) as Told['body'] };
}

const headOf = (bytes: Uint8Array) => ({
  head: Buffer.from(bytes.subarray(0, IMPORT_HEAD)).toString('base64'),
  ...{ whole: bytes.length <= IMPORT_HEAD, size: bytes.length },
});
async function begin(
  on: TestApp,
  brand: string,
  bytes: Uint8Array,
  size = IMPORT_HEAD,
  plan = PLAN,
): Promise<ImportBody> {
  const draft = { ...headOf(bytes), plan, name: 'commentaires.csv', part: size };
  const { status, body } = await on.call('POST', `/brands/${brand}/imports`, draft);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}
/** Send all that is left, until `most` parts were sent. */
async function send(
  on: TestApp,
  brand: string,
  bytes: Uint8Array,
  one: ImportBody,
  most = Infinity,
): Promise<ImportBody> {
  let at = one;
  for (let sent = 0; at.state === 'open' && sent < most; sent++) {
    const end = Math.min(bytes.length, at.offset + at.part);
    const { status, body } = await part(
      on,
      brand,
      at,
      at.offset,
      bytes.subarray(at.offset, end),
      end === bytes.length,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    at = body;
  }
  return at;
}
async function brandWithFans(on: TestApp, slug: string): Promise<string> {
  await on.makeBrand(slug);
  await on.call(
    'POST',
    `/brands/${slug}/consents`,
    FANS.map((fan) => consent(fan, now - 86_400_000)),
  );
  return slug;
}
const boardOf = async (on: TestApp, brand: string) => {
  const { measures, breakdowns, series } = await on.board(brand, '1h');
  return { measures, breakdowns, series };
};

describe('an import of a file', () => {
  it('gives one board however it is cut, also when it is sent twice, and counts each line once', async () => {
    const bytes = new TextEncoder().encode(fileOf(2_500));
    const clean = await brandWithFans(app, 'clean');
    const whole = await send(app, clean, bytes, await begin(app, clean, bytes, 4 * 1_048_576));
    expect(whole).toMatchObject({ state: 'done', offset: bytes.length });
    const { received, ...outcomes } = whole.counts;
    expect(received).toBe(2_500);
    expect(Object.values(outcomes).reduce((sum, n) => sum + n)).toBe(received);
    expect(whole.reasons).toEqual([{ code: 'bad_value', field: 'occurredAt', count: outcomes.rejected }]);
    expect(
      Math.min(outcomes.counted, outcomes.duplicate, outcomes.refused, outcomes.rejected),
    ).toBeGreaterThan(0);
    const expected = await boardOf(app, clean);

    const cut = await brandWithFans(app, 'cut');
    const small = await send(app, cut, bytes, await begin(app, cut, bytes));
    expect(small.counts).toEqual(whole.counts);
    expect(await boardOf(app, cut)).toEqual(expected);
    const again = await send(app, cut, bytes, await begin(app, cut, bytes, 300_001));
    expect(again.counts).toEqual({
      ...whole.counts,
      counted: 0,
      duplicate: outcomes.counted + outcomes.duplicate,
    });
    expect(await boardOf(app, cut)).toEqual(expected);

    const report = await fetch(`${app.url}/api/v1/brands/${cut}/imports/${small.id}/rejected.csv?locale=fr`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const lines = (await report.text()).trim().split('\r\n');
    expect(lines).toHaveLength(outcomes.rejected + 1);
    expect(lines[1]).toMatch(/^\d+,"occurredAt","valeur non reconnue"$/);
  });

  it('goes on where it was when the server ends in the middle, and when an answer is lost', async () => {
    const bytes = new TextEncoder().encode(fileOf(2_000));
    const clean = await brandWithFans(app, 'clean-2');
    const { counts } = await send(app, clean, bytes, await begin(app, clean, bytes));
    const expected = await boardOf(app, clean);
    const brand = await brandWithFans(app, 'cut-off');
    const half = await send(app, brand, bytes, await begin(app, brand, bytes), 2);
    expect(half.state).toBe('open');
    // What a server leaves that ends between the lines and the note of how far it is: marks, and no note.
    await send(app, brand, bytes, half, 1);
    await app.database.sql`update file_import set taken = ${half.offset}, line = ${half.line},
      ${app.database.sql({ ...half.counts })} where id = ${half.id}::uuid`;
    await app.app.close();
    app = await startApp({ clock, database: app.database });
    const { body: held } = await app.call('GET', `/brands/${brand}/imports`);
    expect(held).toMatchObject([{ id: half.id, offset: half.offset, mark: half.mark }]);
    const done = await send(app, brand, bytes, (held as ImportBody[])[0]!);
    expect(done).toMatchObject({ state: 'done', counts: { received: 2_000, rejected: counts.rejected } });
    expect(await boardOf(app, brand)).toEqual(expected);
    // A part that is in already is at another place.
    const late = await part(
      app,
      brand,
      done,
      half.offset,
      bytes.subarray(half.offset, half.offset + done.part),
      false,
    );
    expect([late.status, late.body.code]).toEqual([409, 'import_elsewhere']);
  });

  it('takes two senders of one file for one', async () => {
    const bytes = new TextEncoder().encode(fileOf(800));
    const brand = await brandWithFans(app, 'two-tabs');
    const one = await begin(app, brand, bytes);
    const first = bytes.subarray(one.offset, one.offset + one.part);
    const both = await Promise.all([1, 2].map(() => part(app, brand, one, one.offset, first, false)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { body } = await app.call('GET', `/brands/${brand}/imports/${one.id}`);
    const done = await send(app, brand, bytes, body);
    expect(done.counts.received).toBe(800);
  });

  it('refuses parts of a wrong size or place, while its source is paused, and once it is ended', async () => {
    const bytes = new TextEncoder().encode(HEADER + line(1, 'ada').repeat(600));
    const brand = await brandWithFans(app, 'strict');
    const one = await begin(app, brand, bytes);
    expect((await part(app, brand, one, 0, bytes.subarray(0, 10), true)).status).toBe(409);
    expect((await part(app, brand, one, one.offset, bytes.subarray(0, 10), false)).status).toBe(400);
    await app.call('PATCH', `/brands/${brand}/sources/${one.source}`, { paused: true });
    const rest = bytes.subarray(one.offset, one.offset + one.part);
    expect((await part(app, brand, one, one.offset, rest, false)).body.code).toBe('source_paused');
    await app.call('PATCH', `/brands/${brand}/sources/${one.source}`, { paused: false });
    expect((await part(app, brand, one, one.offset, rest, false)).status).toBe(200);
    const { body: source } = await app.call('GET', `/brands/${brand}/sources/${one.source}`);
    expect(source).toMatchObject({ connector: 'file', counts: { counted: 1 } });
    expect((await app.call('DELETE', `/brands/${brand}/imports/${one.id}`)).status).toBe(204);
    expect((await part(app, brand, one, one.offset + rest.length, rest, false)).status).toBe(404);
    expect((await app.board(brand, '1h')).measures['engagements@1']!.value).toBe(1);
  });

  it('says in one word what cannot be read, and begins nothing by a plan that lacks something', async () => {
    const brand = await app.makeBrand('hostile-files');
    const look = async (text: string | Uint8Array): Promise<ImportLooked> =>
      (await app.call('POST', `/brands/${brand}/imports/look`, headOf(Buffer.from(text)))).body;
    expect(await look('')).toEqual({ fault: 'empty' });
    expect(await look(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toEqual({ fault: 'spreadsheet' });
    expect(await look(HEADER)).toEqual({ fault: 'header_only' });
    expect(await look(HEADER + line(1, 'ada'))).toMatchObject({ gaps: ['network'], profile: null });
    const bytes = Buffer.from(HEADER + line(1, 'ada'));
    for (const plan of [
      { ...PLAN, dates: null },
      { ...PLAN, fixed: {} },
      { ...PLAN, zone: 'Mars/Olympus' },
      { ...PLAN, columns: { ...PLAN.columns, fan: 'Nobody' } },
    ]) {
      const draft = { ...headOf(bytes), plan, name: 'x.csv' };
      expect((await app.call('POST', `/brands/${brand}/imports`, draft)).status).toBe(400);
    }
    expect((await app.call('GET', `/brands/${brand}/sources`)).body).toEqual([]);
  });

  it('keeps nothing of what is in a file', async () => {
    const brand = await brandWithFans(app, 'nothing-kept');
    const bytes = new TextEncoder().encode(
      `${HEADER}${line(1, 'cnry-stranger', 'cnry-text')}e2;cnry-fan;cnry-date;comment;cnry-words\n`,
    );
    await send(app, brand, bytes, await begin(app, brand, bytes));
    const tables = await app.database.sql<{ text: string }[]>`
      select i::text as text from file_import as i union all select l::text from file_import_line as l
      union all select s::text from source_letter as s`;
    expect(tables.length).toBeGreaterThan(1);
    expect(tables.filter(({ text }) => text.includes('cnry'))).toEqual([]);
  });
});
