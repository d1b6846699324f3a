import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditBody, AuditPage, ChainCheckBody, NewToken, RightsRequestBody } from '@fanfare/contract';
import { auditedOrganisations, checkAudit, pruneAudit } from '@fanfare/server/store/audit-records.ts';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

const YEAR = 366 * 86_400_000;
const now = Date.now();
let test: TestApp;
beforeAll(async () => {
  test = await startApp({ clock: () => now });
});
afterAll(() => test.close());

const page = async (query = ''): Promise<AuditPage> => {
  const { status, body } = await test.call('GET', `/audit${query}`);
  expect(status).toBe(200);
  return body;
};
/** What was added by these calls, the oldest first. */
async function during(act: () => Promise<unknown>): Promise<AuditBody[]> {
  const before = (await page()).records[0]?.n ?? 0;
  await act();
  return (await page()).records.filter(({ n }) => n > before).toReversed();
}
const ok = async (method: string, path: string, body?: unknown): Promise<never> => {
  const answer = await test.call(method, path, body);
  expect(answer.status, `${method} ${path}`).toBeLessThan(300);
  return answer.body;
};
const acts = (records: readonly AuditBody[]) => records.map(({ action, detail }) => [action, detail]);

describe('the audit log', () => {
  it('holds what a team does with brands, notices and people, and nobody’s name', async () => {
    const person = { network: 'facebook', fan: 'canary-fan-17' };
    const records = await during(async () => {
      await test.makeBrand('maison');
      await ok('PATCH', '/brands/maison', { name: 'Maison' });
      await ok('POST', '/brands/maison/consents', [
        consent('canary-fan-17', now - 1_000),
        consent('canary-fan-18', now - 1_000),
        { fan: 'canary-fan-19' },
      ]);
      await ok('PUT', '/brands/maison/notices/v1/fr', { title: 'Titre', body: 'Texte' });
      await ok('POST', '/brands/maison/notices/v1/publish', { newMeaning: false });
      await ok('POST', '/brands/maison/fans/held', person);
      await ok('POST', '/brands/maison/fans/receipts', person);
      await ok('POST', '/brands/maison/fans/invite', { ...person, locale: 'fr' });
      await ok('POST', '/brands/maison/fans/withdraw', { ...person, purposes: ['influence'] });
      await ok('POST', '/brands/maison/fans/erase', person);
      const asked: RightsRequestBody = await ok('POST', '/brands/maison/rights', {
        kind: 'access',
        channel: 'paper',
        note: 'canary-note',
      });
      await ok('GET', '/brands/maison/rights');
      await ok('POST', `/brands/maison/rights/${asked.id}/extend`, { reason: 'canary-reason' });
      await ok('POST', `/brands/maison/rights/${asked.id}/close`, { outcome: 'done' });
    });
    expect(acts(records)).toEqual([
      ['brand.made', { slug: 'maison' }],
      ['brand.changed', { fields: ['name'] }],
      ['consents.imported', { received: 3, accepted: 2, rejected: 1 }],
      ['notice.published', { version: 'v1', newMeaning: false }],
      ['fan.shown', { network: 'facebook', what: 'held' }],
      ['fan.shown', { network: 'facebook', what: 'receipts' }],
      ['fan.invited', { network: 'facebook', mailed: false }],
      ['fan.withdrawn', { network: 'facebook', purposes: ['influence'] }],
      ['fan.erased', { network: 'facebook' }],
      ['request.opened', { request: 1, kind: 'access', channel: 'paper' }],
      ['request.shown', { state: 'open' }],
      ['request.extended', { request: 1 }],
      ['request.closed', { request: 1, kind: 'access', outcome: 'done', carriedOut: false }],
    ]);
    for (const { actor, brand, at } of records) {
      expect(actor).toEqual({ kind: 'root', id: null, name: null });
      expect(brand?.slug).toBe('maison');
      expect(Date.parse(at)).toBe(now);
    }
    const { sql } = test.database;
    expect(JSON.stringify(await sql`select * from audit_record`)).not.toContain('canary');
  });

  it('holds snapshots, tokens, who used them, and outlives the brand', async () => {
    let token!: NewToken;
    let id = '';
    const records = await during(async () => {
      await test.makeBrand('gone');
      token = await ok('POST', '/tokens', { name: 'canary', scopes: ['consent', 'export'] });
      const headers = { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' };
      const as = (method: string, path: string, body?: object) =>
        fetch(`${test.url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      ({ id } = (await (
        await as('POST', '/brands/gone/snapshots', { window: '1h', audience: 'team' })
      ).json()) as { id: string });
      expect((await as('GET', `/snapshots/${id}.json`)).status).toBe(200);
      await as('POST', '/brands/gone/consents', consent('someone', now - 1));
      await ok('DELETE', `/snapshots/${id}`);
      await ok('DELETE', `/tokens/${token.id}`);
      expect((await test.call('DELETE', `/tokens/${token.id}`)).status).toBe(404);
      await ok('DELETE', '/brands/gone');
    });
    expect(records.map(({ action, actor }) => [action, actor.kind, actor.id])).toEqual([
      ['brand.made', 'root', null],
      ['token.made', 'root', null],
      ['snapshot.made', 'token', token.id],
      ['snapshot.downloaded', 'token', token.id],
      ['consents.imported', 'token', token.id],
      ['snapshot.deleted', 'root', null],
      ['token.revoked', 'root', null],
      ['brand.deleted', 'root', null],
    ]);
    expect(records.at(-1)!.brand).toEqual({ number: records[0]!.brand!.number, slug: null });
    expect(records[2]!.detail).toEqual({ snapshot: id, window: '1h', audience: 'team' });
    expect(JSON.stringify(records)).not.toContain('canary');
  });

  it('holds who came in and went, and the demonstration but not its stream', async () => {
    const records = await during(async () => {
      const begin = (token: string) =>
        fetch(`${test.url}/api/v1/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token }),
        });
      expect((await begin('wrong')).status).toBe(401);
      const cookie = (await begin(TOKEN)).headers.getSetCookie()[0]!.split(';')[0]!;
      const end = () => fetch(`${test.url}/api/v1/session`, { method: 'DELETE', headers: { cookie } });
      expect([(await end()).status, (await end()).status]).toEqual([204, 204]);
      const link = () =>
        fetch(`${test.url}/api/v1/session/link/${test.app.access.link ?? 'used'}`, { redirect: 'manual' });
      await link();
      await link();
    });
    expect(acts(records)).toEqual([
      ['session.begun', { way: 'token' }],
      ['session.ended', {}],
      ['session.begun', { way: 'link' }],
    ]);
  });

  it('is read by those who may alone', async () => {
    const weak: NewToken = await ok('POST', '/tokens', { name: 'a', scopes: ['read', 'export', 'consent'] });
    for (const path of ['/audit', '/audit.csv', '/audit/verify']) {
      const get = (headers: Record<string, string>) => fetch(`${test.url}/api/v1${path}`, { headers });
      expect((await get({})).status, path).toBe(401);
      expect((await get({ authorization: `Bearer ${weak.token}` })).status, path).toBe(403);
    }
    for (const query of [
      'from=soon',
      'action=nothing',
      'actor=god',
      'before=-1',
      'to=2026-02-30',
      'actor=a&actor=b',
    ])
      expect((await test.call('GET', `/audit?${query}`)).status, query).toBe(400);
  });

  it('is narrowed, and read a page at a time', async () => {
    await Promise.all(Array.from({ length: 60 }, () => ok('GET', '/brands/maison/rights?state=closed')));
    const first = await page('?action=request.shown');
    expect(first.records).toHaveLength(50);
    const rest = await page(`?action=request.shown&before=${first.next}`);
    const numbers = [...first.records, ...rest.records].map(({ n }) => n);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect([new Set(numbers).size, rest.next]).toEqual([61, null]);
    const today = new Date(now).toISOString().slice(0, 10);
    const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10);
    expect((await page(`?from=${today}&to=${today}`)).records.length).toBeGreaterThan(0);
    expect((await page(`?from=${tomorrow}`)).records).toEqual([]);
    const { id } = (await page('?action=token.made')).records.at(-1)!.detail as { id?: string };
    expect(id).toBeUndefined();
    expect((await page('?actor=token')).records.every(({ actor }) => actor.kind === 'token')).toBe(true);
    expect((await page('?actor=token:nobody')).records).toEqual([]);
  });

  it('is exported whole, and the export is an act too', async () => {
    const answer = await fetch(`${test.url}/api/v1/audit.csv`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    const newest = (await page()).records[0]!;
    expect(lines).toHaveLength(newest.n + 1);
    expect(lines[0]).toContain('"actor_id"');
    expect(lines.at(-1)).toContain(`"audit.exported"`);
    expect(lines.at(-1)).toContain(newest.hash);
  });
});

describe('the chain of the audit log', () => {
  it('is checked on demand, and cannot be changed in the database by the way', async () => {
    const verify = async (): Promise<ChainCheckBody> => {
      let { chain }: { chain: ChainCheckBody } = await ok('POST', '/audit/verify');
      while (chain.state === 'waiting' || chain.state === 'running')
        ({ chain } = await ok('GET', '/audit/verify'));
      return chain;
    };
    const { n, hash } = (await page()).records[0]!;
    expect(await verify()).toMatchObject({ state: 'intact', records: n, head: hash });
    const { sql } = test.database;
    const refused = /audit record is never changed/;
    await expect(sql`update audit_record set at = 0 where n = 3`).rejects.toThrow(refused);
    await expect(sql`delete from audit_record where n = 3`).rejects.toThrow(refused);
    await expect(sql`truncate audit_record`).rejects.toThrow(refused);
    await expect(
      sql.begin(async (tx) => {
        await tx`select set_config('fanfare.audit_retention', 'on', true)`;
        await tx`delete from audit_record where n = 3`;
      }),
    ).rejects.toThrow(refused);
    // Somebody who owns the table can; the chain shows it.
    await sql`alter table audit_record disable trigger all`;
    await sql`update audit_record set actor_kind = 'member' where n = 3`;
    expect(await verify()).toMatchObject({ state: 'broken', at: 3 });
    await sql`update audit_record set actor_kind = 'root' where n = 3`;
    await sql`alter table audit_record enable trigger all`;
    expect(await verify()).toMatchObject({ state: 'intact' });
  });

  it('stays whole when what is older than two years is let go', async () => {
    const old = await startApp({ clock: () => now - 3 * YEAR });
    try {
      const { sql } = old.database;
      await old.makeBrand();
      await old.makeBrand();
      const [organisation] = await auditedOrganisations(sql);
      expect(await pruneAudit(sql, now - 2 * YEAR)).toBe(0);
      expect(await pruneAudit(sql, now)).toBe(2);
      expect(await pruneAudit(sql, now)).toBe(0);
      expect(await checkAudit(sql, organisation!)).toMatchObject({ intact: true, records: 2 });
      await old.makeBrand();
      expect(await checkAudit(sql, organisation!)).toMatchObject({ intact: true, records: 3 });
    } finally {
      await old.close();
    }
  });
});
