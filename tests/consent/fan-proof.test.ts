import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMastodonProof } from '@fanfare/server/proof/mastodon.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { fakeInternet, type FakeInternet } from '../support/fake-internet.ts';
import { fakeMastodon, type FakeMastodon } from '../support/fake-mastodon.ts';
import { FanVisit } from '../support/fan-visit.ts';

const MINUTE = 60_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;
let internet: FakeInternet;
let mastodon: FakeMastodon;

beforeAll(async () => {
  internet = await fakeInternet();
  mastodon = fakeMastodon(internet, 'mastodon.example');
  app = await startApp({ clock: () => now, proofs: [createMastodonProof(internet.call)] });
  await app.makeBrand('maison');
});
afterAll(async () => {
  await app.close();
  await internet.close();
});
// A new minute, a new allowance.
beforeEach(() => {
  now += MINUTE;
});

describe('proving a Mastodon account', () => {
  const begin = async (visit: FanVisit, server = 'mastodon.example') =>
    visit.call('POST', '/fan/maison/proofs/mastodon', { server, locale: 'en' });

  it('goes there and back by OAuth 2 with PKCE, and keeps no token', async () => {
    const visit = new FanVisit(app);
    const { redirect } = (await begin(visit)).body as { redirect: string };
    const { back, code, state } = mastodon.approve(redirect, 'Alice');
    expect(back).toBe('http://localhost:3000/api/v1/fan-proofs/mastodon');
    const returned = await visit.call('GET', `/fan-proofs/mastodon?code=${code}&state=${state}`);
    expect(returned.status).toBe(303);
    expect(returned.headers.get('location')).toBe('/en/fan/maison');
    const { body } = await visit.call('GET', '/fan/maison/state');
    expect(body).toMatchObject({ account: { network: 'mastodon', fan: 'alice@mastodon.example' } });
    expect(mastodon.open()).toBe(0);
    const { notice } = body as { notice: object };
    await visit.call('POST', '/fan/maison/consent', { purposes: { measure: true }, age: '18+', notice });
    const held = await app.call('POST', '/brands/maison/fans/held', {
      network: 'mastodon',
      fan: 'alice@mastodon.example',
    });
    expect(held.body).toMatchObject({
      consents: [{ method: 'oauth', evidence: expect.stringMatching(/^oauth-/) as string }],
    });
  });

  it('speaks to servers that know older scopes alone', async () => {
    fakeMastodon(internet, 'old.example', { old: true });
    const proof = createMastodonProof(internet.call);
    const { redirect } = await proof.begin('old.example', 'http://localhost/back');
    expect(new URL(redirect).searchParams.get('scope')).toBe('read:accounts');
  });

  it('holds for who began it alone: another browser, state, code or a late return prove nothing', async () => {
    const visit = new FanVisit(app);
    const { redirect } = (await begin(visit)).body as { redirect: string };
    const { code, state } = mastodon.approve(redirect, 'alice');
    const thief = new FanVisit(app);
    expect((await thief.call('GET', `/fan-proofs/mastodon?code=${code}&state=${state}`)).status).toBe(403);
    const wrong = await visit.call('GET', `/fan-proofs/mastodon?code=${code}&state=x`);
    expect(wrong.headers.get('location')).toBe('/en/fan/maison?proof=refused');
    expect(visit.cookies.size).toBe(0);
    const again = new FanVisit(app);
    const other = mastodon.approve(((await begin(again)).body as { redirect: string }).redirect, 'alice');
    now += 11 * MINUTE;
    const late = await again.call('GET', `/fan-proofs/mastodon?code=${other.code}&state=${other.state}`);
    expect(late.headers.get('location')).toBe('/en/fan/maison?proof=refused');
    expect(again.cookies.has('fanfare_fan')).toBe(false);
  });

  it.each([
    'localhost',
    '127.0.0.1',
    '[::1]',
    'a.example:8443',
    'http://a.example',
    'intranet',
    'x'.repeat(300),
  ])('goes to public names alone, not to %s', async (server) => {
    now += MINUTE;
    expect((await begin(new FanVisit(app), server)).body).toMatchObject({ code: 'bad_field' });
  });
});
