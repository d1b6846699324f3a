import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MadeShare, ShareBody, SharedSnapshot, ShareVisit } from '@fanfare/contract';
import { MINUTE, raiseSnapshots, type SnapshotStage } from './snapshot-stage.ts';

const DAY = 1_440 * MINUTE;
let stage: SnapshotStage;
let brand: string;
beforeAll(async () => {
  stage = await raiseSnapshots();
  brand = await stage.app.makeBrand();
  await stage.fill(brand);
});
afterAll(() => stage.app.close());

async function share(more: object = {}): Promise<{ made: MadeShare; secret: string }> {
  const { id: snapshot } = await stage.freeze(brand, { window: '1h', audience: 'public' });
  const { status, body } = await stage.app.call('POST', `/brands/${brand}/shares`, { snapshot, ...more });
  expect([status, body]).toEqual([201, body]);
  const made = body as MadeShare;
  return { made, secret: new URL(made.url).pathname.slice('/s/'.length) };
}
/** As somebody without an account. */
const open = (path: string, init: RequestInit = {}) => fetch(`${stage.app.url}/api/v1/shared/${path}`, init);
const list = async () => (await stage.app.call('GET', `/brands/${brand}/shares`)).body as ShareBody[];
const visits = async (id: string) =>
  ((await stage.app.call('GET', `/brands/${brand}/shares/${id}/visits`)).body as ShareVisit[]).map(
    ({ act }) => act,
  );
const say = (secret: string, passphrase: string) =>
  open(`${secret}/passphrase`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ passphrase }),
  });

describe('a share link', () => {
  it('shows one snapshot of the public view to whoever has it, and tells nobody else of it', async () => {
    const { made, secret } = await share();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(made).toMatchObject({ state: 'open', visits: 0, hasPassphrase: false });
    expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(30 * DAY);
    const answer = await open(secret);
    expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toContain('no-store');
    const { snapshot } = (await answer.json()) as SharedSnapshot;
    expect(snapshot).toMatchObject({ id: made.snapshot, audience: 'public' });
    expect((await open(`${secret}.csv`)).status).toBe(200);
    expect(await visits(made.id)).toEqual(['csv', 'opened']);
    expect((await list()).find(({ id }) => id === made.id)).toMatchObject({ visits: 2 });
  });

  it('is hashed at rest: nothing in the database opens it', async () => {
    const { secret } = await share({ passphrase: 'correct horse battery' });
    const rows = await stage.app.database.sql`select share_link::text as row from share_link`;
    const text = JSON.stringify(rows);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('correct horse');
    expect(text).toContain('$argon2id$');
  });

  it('ends when its time is over or the team wants it, with the same answer as for none', async () => {
    const [{ made, secret }, short] = [await share(), await share({ days: 1 })];
    expect((await stage.app.call('DELETE', `/brands/${brand}/shares/${made.id}`)).status).toBe(204);
    expect((await stage.app.call('DELETE', `/brands/${brand}/shares/${made.id}`)).status).toBe(404);
    const ended = await open(secret);
    const never = await open('x'.repeat(43));
    const plain = async (answer: Response) => ({ ...((await answer.json()) as object), requestId: '' });
    expect([ended.status, await plain(ended)]).toEqual([404, await plain(never)]);
    expect((await open(`${secret}.json`)).status).toBe(404);
    stage.time.now += DAY;
    expect((await open(short.secret)).status).toBe(404);
    const states = new Map((await list()).map(({ id, state }) => [id, state]));
    expect([states.get(made.id), states.get(short.made.id)]).toEqual(['ended', 'expired']);
    await stage.app.call('DELETE', `/snapshots/${(await list())[0]!.snapshot}`);
    expect((await list()).filter(({ title }) => title === null)).toHaveLength(1);
  });

  it('asks for its passphrase, slowly', async () => {
    const { made, secret } = await share({ passphrase: 'correct horse battery' });
    expect((await open(secret)).status).toBe(401);
    expect((await open(`${secret}.csv`)).status).toBe(401);
    const wrong = await Promise.all(Array.from({ length: 10 }, (_, i) => say(secret, `wrong ${i}`)));
    expect(wrong.map(({ status }) => status)).toEqual(Array<number>(10).fill(403));
    const locked = await say(secret, 'correct horse battery');
    expect([locked.status, Number(locked.headers.get('retry-after')) > 0]).toEqual([429, true]);
    stage.time.now += 15 * MINUTE;
    const right = await say(secret, 'correct horse battery');
    expect(right.status).toBe(204);
    const cookie = right.headers.get('set-cookie')!.split(';')[0]!;
    expect(right.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await open(secret, { headers: { cookie } })).status).toBe(200);
    const other = await share({ passphrase: 'correct horse battery' });
    expect((await open(other.secret, { headers: { cookie } })).status).toBe(401);
    expect((await visits(made.id)).filter((act) => act === 'refused')).toHaveLength(10);
    stage.time.now += 12 * 60 * MINUTE;
    expect((await open(secret, { headers: { cookie } })).status).toBe(401);
  });

  it('is never to what the team alone sees, nor to another brand’s', async () => {
    const refused = async (body: object) =>
      (await stage.app.call('POST', `/brands/${brand}/shares`, body)).status;
    const { id: team } = await stage.freeze(brand);
    const other = await stage.app.makeBrand();
    const { id: foreign } = await stage.freeze(other, { window: '1h', audience: 'public' });
    expect(
      await Promise.all([team, foreign, 'x'.repeat(22)].map((snapshot) => refused({ snapshot }))),
    ).toEqual([400, 400, 400]);
    for (const more of [{ days: 0 }, { days: 366 }, { days: 1.5 }, { passphrase: 'short' }, { link: 1 }])
      expect(await refused({ snapshot: team, ...more })).toBe(400);
    expect((await fetch(`${stage.app.url}/api/v1/brands/${brand}/shares`)).status).toBe(401);
  });
});
