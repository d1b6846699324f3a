// long: one server with a mailbox, a webhook and a key, which all of these share.
import { createHmac } from 'node:crypto';
import { Decrypter, armor } from 'age-encryption';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseBody, PolicyNow, SafetyLinkBody } from '@fanfare/contract';
import { TOKEN, consent } from '../support/app.ts';
import { NOON, comment, raiseSafety, type SafetyStage } from './stage.ts';

const CANARY = 'cnrytext4f7a';
const HOUR = 3_600_000;
const REPORT = `Depuis le comprimé j'ai des vertiges ${CANARY}`;
const FINE = 'good, j’adore la boîte';

let stage: SafetyStage;
beforeAll(async () => {
  stage = await raiseSafety();
});
afterAll(() => stage.close());

const engagements = async (slug: string): Promise<number | null | undefined> =>
  (await stage.app.board(slug, '24h')).measures['engagements@1']?.value;
const cases = async (slug: string): Promise<readonly CaseBody[]> => (await stage.compliance(slug)).cases;

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error('it never came to that');
}

async function opened(armored: string): Promise<Record<string, unknown>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(stage.identity);
  return JSON.parse(await decrypter.decrypt(armor.decode(armored), 'text')) as Record<string, unknown>;
}

/** Mails are quoted-printable or base64: the attachment, and the link of the text. */
function partsOf(mail: string): { file: string; link: string } {
  const decoded = mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const body = /-----BEGIN AGE[\s\S]+?END AGE ENCRYPTED FILE-----/.exec(decoded)?.[0];
  const encoded =
    /Content-Transfer-Encoding: base64[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(mail)?.[1] ?? '';
  const file = body ?? Buffer.from(encoded, 'base64').toString();
  return { file, link: /\/safety\/([\w-]+)/.exec(decoded)?.[1] ?? '' };
}

describe('a pharma brand', () => {
  it('takes no text without a safety contact, and everything else', async () => {
    await stage.brand('alone');
    const answer = await stage.send('alone', [
      comment('a', FINE),
      comment('b', REPORT),
      comment('c', '', { kind: 'reaction' }),
    ]);
    expect(answer).toMatchObject({ received: 3, counted: 1, refused: 2, quarantined: 0 });
    expect(await cases('alone')).toEqual([]);
    const proof = (await stage.app.call('GET', '/brands/alone/proof')).body as { refused: object };
    expect(proof.refused).toMatchObject({ no_safety_contact: 2 });
  });

  it('hands a report over, sealed, by mail and signed webhook, and forgets it 72 hours after it is acknowledged', async () => {
    await stage.brand('maison');
    const { secret = '' } = await stage.contact('maison', { webhook: stage.hook });
    const url = 'https://social.example/42';
    expect(await stage.send('maison', [comment('r', REPORT, { url }), comment('g', FINE)])).toMatchObject({
      ...{ received: 2, counted: 1, quarantined: 1 },
    });
    expect(await engagements('maison')).toBe(1);
    await until(() => stage.mails.length === 1 && stage.calls.length === 1);
    const { file, link } = partsOf(stage.mails[0]!);
    const content = {
      ...{ text: REPORT, network: 'facebook', author: 'f1', object: 'post', url },
      ...{ occurredAt: '2026-11-22T10:59:30.000Z', receivedAt: '2026-11-22T11:00:30.000Z' },
    };
    expect(await opened(file)).toEqual(content);
    expect(stage.mails[0]).not.toContain(CANARY);
    const { headers, body } = stage.calls[0]!;
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    const { data } = JSON.parse(body) as { data: Record<string, string> };
    expect(data).toMatchObject({ brand: 'maison', receivedAt: content.receivedAt });
    expect(await opened(data['age']!)).toEqual(content);

    await until(async () => (await cases('maison'))[0]?.state === 'handed_over');
    const seen = (await stage.app.call('GET', `/safety/${link}`)).body as SafetyLinkBody;
    expect(seen).toMatchObject({ brand: 'maison', version: 1, acknowledgedAt: null });
    expect((await fetch(`${stage.app.url}/api/v1/safety/${link}`, { method: 'POST' })).status).toBe(204);
    expect((await fetch(`${stage.app.url}/api/v1/safety/${link}x`, { method: 'POST' })).status).toBe(404);
    expect((await cases('maison'))[0]).toMatchObject({
      ...{ state: 'acknowledged', acknowledgedBy: 'link', purgeAt: '2026-11-25T11:00:30.000Z' },
    });
    stage.clock.now = NOON + 72 * HOUR - 1;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await cases('maison'))[0]?.state).toBe('acknowledged');
    stage.clock.now = NOON + 72 * HOUR;
    await until(async () => (await cases('maison'))[0]?.state === 'purged');
    const [row] = await stage.app.database
      .sql`select sealed, fan from quarantine where purged_at is not null`;
    expect(row).toEqual({ sealed: null, fan: null });
    // Known again, though nothing of it is left.
    stage.clock.now = NOON;
    expect(await stage.send('maison', [comment('r', REPORT)])).toMatchObject({
      duplicate: 1,
      quarantined: 0,
    });
  });

  it('goes on trying, a bounded number of times, and hands over again when asked', async () => {
    await stage.brand('zoo', 'veterinary');
    stage.clock.refusing = true;
    await stage.contact('zoo', { mail: null, webhook: stage.hook });
    await stage.send('zoo', [comment('r', 'Mon chat vomit depuis la pipette')]);
    for (let tries = 1; tries <= 12; tries++) {
      await until(async () => (await cases('zoo'))[0]?.deliveries[0]?.attempts === tries);
      stage.clock.now += HOUR;
    }
    await until(async () => (await cases('zoo'))[0]?.deliveries[0]?.state === 'failed');
    const [one] = await cases('zoo');
    expect(one).toMatchObject({ state: 'waiting', deliveries: [{ attempts: 12 }] });
    stage.clock.refusing = false;
    const path = `/brands/zoo/quarantine/${one!.id}`;
    expect((await stage.app.call('POST', `${path}/hand-over`)).status).toBe(202);
    await until(async () => (await cases('zoo'))[0]?.state === 'handed_over');
    expect((await stage.app.call('POST', `${path}/acknowledge`)).status).toBe(204);
    expect((await stage.app.call('POST', `${path}/acknowledge`)).status).toBe(404);
    stage.clock.now = NOON;
  });

  it('reminds of a report that nobody acknowledges, says so on the desk, and takes no text when there are too many', async () => {
    await stage.brand('slow');
    await stage.contact('slow', { mail: null, webhook: stage.hook });
    const alarm = async () => ((await stage.app.call('GET', '/brands/slow/policy')).body as PolicyNow).alarm;
    const before = stage.calls.length;
    await stage.send('slow', [comment('r', REPORT)]);
    await until(() => stage.calls.length === before + 1);
    expect(await alarm()).toBeNull();
    stage.clock.now = NOON + 24 * HOUR + 60_000;
    await until(() => stage.calls.length === before + 2);
    const ids = stage.calls.slice(before).map(({ headers }) => String(headers['webhook-id']));
    expect(ids[1]).toBe(`${ids[0]}_r1`);
    expect(await alarm()).toBe('late');
    stage.clock.now = NOON + 73 * HOUR;
    expect(await alarm()).toBe('escalated');
    await stage.app.database.sql`
      insert into quarantine (organisation_id, brand_id, key, rev, version, first_received_at, received_at)
      select organisation_id, brand_id, gen_random_uuid(), 1, 1, ${NOON}, ${NOON} from quarantine,
        generate_series(1, 999) where brand_id = (select id from brand where slug = 'slow')`;
    await until(async () => (await alarm()) === 'full');
    const refused = await stage.send('slow', [comment('s', FINE), comment('t', '', { kind: 'reaction' })]);
    expect(refused).toMatchObject({ refused: 1, counted: 1 });
    await stage.app.database.sql`delete from quarantine where sealed is null
      and brand_id = (select id from brand where slug = 'slow')`;
    const [open] = await cases('slow');
    await stage.app.call('POST', `/brands/slow/quarantine/${open!.id}/acknowledge`);
    await until(async () => (await alarm()) === null);
    expect(await stage.send('slow', [comment('u', FINE)])).toMatchObject({ counted: 1 });
    stage.clock.now = NOON;
  });

  it('takes an engagement back that is edited into a report, and never gives it again', async () => {
    await stage.brand('edits');
    await stage.contact('edits');
    await stage.send('edits', [comment('e', FINE)]);
    expect(await engagements('edits')).toBe(1);
    const edit = (rev: number, text: string) => [comment('e', text, { verb: 'edit', rev })];
    expect(await stage.send('edits', edit(1, REPORT))).toMatchObject({ quarantined: 1 });
    expect(await engagements('edits')).toBe(0);
    expect(await stage.send('edits', edit(2, FINE))).toMatchObject({ duplicate: 1 });
    expect(await stage.send('edits', edit(1, REPORT))).toMatchObject({ duplicate: 1 });
    expect(await stage.send('edits', edit(3, `${REPORT}, et je vomis`))).toMatchObject({ quarantined: 1 });
    expect(await engagements('edits')).toBe(0);
    expect(await cases('edits')).toMatchObject([{ version: 2 }]);
  });

  it('lets the sealed report of somebody who is erased go, and keeps that of one who withdraws', async () => {
    await stage.brand('left');
    await stage.contact('left');
    await stage.send('left', [comment('r', REPORT), comment('s', REPORT, { fan: 'f2' })]);
    await stage.app.call('POST', '/brands/left/fans/withdraw', { network: 'facebook', fan: 'f1' });
    expect(await cases('left')).toHaveLength(2);
    // Each sees that there is one, since when and by what right, and nothing of what it says.
    const who = { network: 'facebook', fan: 'f1' };
    const { reports } = (await stage.app.call('POST', '/brands/left/fans/held', who)).body as {
      reports: object[];
    };
    expect(reports).toMatchObject([
      { receivedAt: '2026-11-22T11:00:30.000Z', acknowledgedAt: null, basis: 'legal_obligation' },
    ]);
    expect(JSON.stringify(reports)).not.toContain(CANARY);
    await stage.app.call('POST', '/brands/left/fans/erase', { network: 'facebook', fan: 'f2' });
    expect(await cases('left')).toHaveLength(1);
  });

  it('shows nothing of a report anywhere: no row, log, board, snapshot, export or history holds it', async () => {
    const { call, database, url } = stage.app;
    const { body: snapshot } = await call('POST', '/brands/maison/snapshots', { window: '24h' });
    const { id } = snapshot as { id: string };
    const today = '?from=2026-11-21&to=2026-11-22';
    const reads = ['board?window=24h', 'public-board?window=24h', 'compliance', 'events/latest'];
    const paths = [
      ...reads.map((read) => `/brands/maison/${read}`),
      ...['json', 'csv'].map((type) => `/brands/maison/metrics.${type}${today}`),
      ...[`/snapshots/${id}.json`, `/snapshots/${id}.csv`, '/audit', '/metrics'],
    ];
    for (const path of paths) {
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
      expect(answer.status, path).toBe(200);
      expect(await answer.text(), path).not.toContain(CANARY);
    }
    const tables = await database.sql<{ name: string }[]>`
      select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`;
    expect(tables.length).toBeGreaterThan(30);
    for (const { name } of tables) {
      const rows = await database.sql<{ t: string }[]>`select t::text as t from ${database.sql(name)} as t`;
      const hex = Buffer.from(CANARY).toString('hex');
      expect(
        rows.filter(({ t }) => t.includes(CANARY) || t.includes(hex)),
        name,
      ).toEqual([]);
    }
    expect(stage.lines.length).toBeGreaterThan(0);
    expect(stage.lines.filter((line) => line.includes(CANARY))).toEqual([]);
    expect(JSON.stringify((await call('GET', '/brands/edits/board?window=24h')).body)).not.toContain(CANARY);
  });
});

describe('any history of reports', () => {
  const step = fc.record({
    id: fc.integer({ min: 0, max: 3 }),
    verb: fc.constantFrom('add', 'edit', 'remove'),
    rev: fc.integer({ min: 0, max: 3 }),
    reports: fc.boolean(),
  });

  it('balances, and counts no event that was ever a report, in any order and repetition', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
        async (batches) => {
          const slug = `law-${++run}`;
          await stage.brand(slug);
          await stage.contact(slug);
          const known = new Map<number, { rank: number; there: boolean }>();
          const withheld = new Set<number>();
          for (const batch of batches) {
            const events = batch.map(({ id, verb, rev, reports }) =>
              comment(`e${id}`, reports ? REPORT : FINE, { verb, rev }),
            );
            const answer = await stage.send(slug, events);
            const { counted, duplicate, refused, rejected, quarantined } = answer;
            expect(counted + duplicate + refused + rejected + quarantined).toBe(answer.received);
            for (const { id, verb, rev, reports } of batch) {
              const rank = rev * 4 + ['add', 'edit', 'remove'].indexOf(verb);
              if (verb !== 'remove' && reports) withheld.add(id);
              if (rank > (known.get(id)?.rank ?? -1)) known.set(id, { rank, there: verb !== 'remove' });
            }
            const there = [...known].filter(([id, { there }]) => there && !withheld.has(id)).length;
            expect(await engagements(slug)).toBe(there);
            expect(await cases(slug)).toHaveLength(withheld.size);
          }
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('a brand that turns to a trade for adults', () => {
  it('takes nothing more of those who said they are younger, before and after a restart of its counts', async () => {
    await stage.brand('young', 'general');
    const young = { ...consent('kid', NOON - 86_400_000), age: '15-17' };
    expect((await stage.app.call('POST', '/brands/young/consents', young)).status).toBe(200);
    const reaction = (id: string) => [comment(id, '', { kind: 'reaction', fan: 'kid' })];
    expect(await stage.send('young', reaction('a'))).toMatchObject({ counted: 1 });
    expect((await stage.app.call('PATCH', '/brands/young', { sector: 'alcohol' })).status).toBe(200);
    expect(await stage.send('young', reaction('b'))).toMatchObject({ counted: 0, refused: 1 });
    await stage.app.app.lines.find('young')!.load();
    expect(await stage.send('young', reaction('c'))).toMatchObject({ counted: 0, refused: 1 });
    expect(await engagements('young')).toBe(1);
    expect(await stage.send('young', [comment('d', FINE)])).toMatchObject({ counted: 1 });
  });
});

describe('what the policies would withhold', () => {
  it('is counted in every brand, without a text', async () => {
    await stage.brand('plain', 'general');
    const texts = [REPORT, FINE, 'Votez Macron', FINE];
    const events = texts.map((text, i) => comment(`t${i}`, text));
    expect(await stage.send('plain', events)).toMatchObject({ counted: 4, quarantined: 0 });
    const { trials, policy } = await stage.compliance('plain');
    expect(policy).toMatchObject({ sector: 'general', adverseEvents: false });
    expect(trials).toEqual([
      { policy: 'sensitive', looked: 4, withheld: 1 },
      { policy: 'adverse', looked: 4, withheld: 1 },
    ]);
    const sentiment = (await stage.app.board('plain', '24h')).measures['sentiment@1'];
    expect(sentiment?.n).toBe(1);
  });
});
