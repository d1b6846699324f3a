import { randomBytes } from 'node:crypto';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, TOKEN, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { pair } from '../support/display.ts';
import { invite } from '../support/fan-visit.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { ALARM, HostileWatch, plain, textOf } from '../support/hostile-watch.ts';

/** Strings the desk shows at once, as a campaign, an object and an excerpt each. */
const AT_ONCE = 6;
const MINUTE = 60_000;

let app: TestApp;
let browser: Browser;
let context: BrowserContext;
let watch: HostileWatch;

beforeAll(async () => {
  const database = await testDatabase();
  const { sql } = database;
  await sql`insert into organisation (name, created_at) values (${HOSTILE[5]!}, 0)`;
  const [home] = await sql<{ id: number }[]>`select id from organisation`;
  // People and televisions by the hundred: their own routes, where each costs a hash, are tried elsewhere.
  for (const [i, name] of HOSTILE.entries()) {
    const [id, now] = [`user-${i}`, Date.now() - i];
    await sql`insert into staff (id, name, email, created_at, updated_at) values (${id}, ${name}, ${`u${i}@h.example`}, ${now}, ${now})`;
    await sql`insert into member (organisation_id, user_id, role, created_at) values (${home!.id}, ${id}, 'owner', ${now})`;
    await sql`
      insert into display (organisation_id, id, hash, key_at, name, brands, created_at, last_seen_at)
      values (${home!.id}, ${`display${String(i).padStart(5, '0')}`}, ${randomBytes(32)}, ${now}, ${name}, ${[1]}, ${now}, ${now})`;
    await sql`
      insert into api_token (organisation_id, id, hash, name, scopes, created_at)
      values (${home!.id}, ${`t${String(i).padStart(7, '0')}`}, ${randomBytes(32)}, ${name}, ${['read']}, ${now})`;
  }
  [app, browser] = await Promise.all([startApp({ database, pages: true, k: 1 }), launchBrowser()]);
  watch = new HostileWatch(app.url);
  await app.call('POST', '/brands', { slug: 'maison', name: HOSTILE[9], contact: HOSTILE[15] });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${app.url}/api/v1/session`, { data: { token: TOKEN } });
  await context.addInitScript(ALARM);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const look: HostileWatch['look'] = (...what) => watch.look(...what);

async function act(fan: string, strings: readonly string[]): Promise<void> {
  const now = Date.now();
  await app.call(
    'POST',
    '/brands/maison/consents',
    consent(fan, now - 60 * MINUTE, { measure: true, quote: true }),
  );
  const events = strings.map((text, i) => ({
    ...{ id: `${fan}-${i}`, network: 'facebook', kind: 'comment', fan, text, object: text },
    // The one that is refused as a key: see the parser of events.
    ...(text === '__proto__' ? {} : { campaign: text }),
    occurredAt: new Date(now - 1_000 + i).toISOString(),
  }));
  const { body } = await app.call('POST', '/brands/maison/events', events);
  expect(body).toMatchObject({ counted: strings.length });
}

describe('two hundred hostile strings', () => {
  it('are two hundred', () => {
    expect(new Set(HOSTILE).size).toBe(200);
    expect(HOSTILE.every((one) => one.length <= 64)).toBe(true);
  });

  it('pass over the live desk as campaigns, objects and words, as text', async () => {
    const page = await context.newPage();
    await page.goto(`${app.url}/b/maison`);
    await page.waitForSelector('[data-freshness="live"]');
    for (let i = 0; i < HOSTILE.length; i += AT_ONCE) {
      const strings = HOSTILE.slice(i, i + AT_ONCE);
      await act(`round-${i}`, strings);
      // Three times each: in the table of campaigns, in that of objects, among the words.
      const isThere = async () => {
        const text = await textOf(page);
        return strings.every((one) => text.split(plain(one)).length > (one === '__proto__' ? 2 : 3));
      };
      for (let tries = 0; tries < 80 && !(await isThere()); tries++) await page.waitForTimeout(25);
      if (!(await isThere()))
        watch.alarms.push(`the desk does not show three times each of ${JSON.stringify(strings)}`);
      await watch.seen(page, 'desk', strings);
      await app.call('POST', '/brands/maison/fans/withdraw', { network: 'facebook', fan: `round-${i}` });
    }
    await page.close();
    expect(watch.alarms.splice(0)).toEqual([]);
  });

  it('are text in the team, among displays, in snapshots, notices, requests and the log', async () => {
    const page = await context.newPage();
    // Before the notice is published: a consent names the one in force.
    await act('talker', HOSTILE);
    await look(page, 'team', '/team', HOSTILE);
    await look(page, 'displays', '/displays', HOSTILE);
    await look(page, 'tokens', '/tokens', HOSTILE);
    await look(page, 'brands', '/brands', [HOSTILE[9]!]);
    for (const title of HOSTILE.filter((one) => !/[\p{Cc}\u2028\u2029]/u.test(one)).slice(0, 50))
      await app.call('POST', '/brands/maison/snapshots', { window: '1h', title });
    const frozen = await app.call('POST', '/brands/maison/snapshots', { window: '1h', title: HOSTILE[7] });
    await look(
      page,
      'snapshots',
      '/b/maison/snapshots',
      HOSTILE.slice(30, 50).filter((one) => !one.includes('\u2028')),
    );
    await look(page, 'snapshot', `/b/maison/snapshots/${(frozen.body as { id: string }).id}`, [HOSTILE[7]!]);
    const { id } = frozen.body as { id: string };
    await look(page, 'print', `/print/${id}`, [HOSTILE[7]!, HOSTILE[9]!]);
    const forAll = await app.call('POST', '/brands/maison/snapshots', {
      window: '1h',
      title: HOSTILE[7],
      audience: 'public',
    });
    const shared = { snapshot: (forAll.body as { id: string }).id };
    const { body: link } = await app.call('POST', '/brands/maison/shares', shared);
    await look(page, 'share', new URL((link as { url: string }).url).pathname, [HOSTILE[9]!]);
    const text = { title: HOSTILE[11], body: HOSTILE.join('\n\n') };
    for (const locale of ['fr', 'en']) await app.call('PUT', `/brands/maison/notices/v1/${locale}`, text);
    expect((await app.call('POST', '/brands/maison/notices/v1/publish', { newMeaning: false })).status).toBe(
      204,
    );
    await app.call('PUT', '/brands/maison/notices/v2/fr', text);
    await look(page, 'notices', '/b/maison/notices', [HOSTILE[11]!]);
    // Words about somebody nobody knows are not kept.
    const known = { kind: 'access', channel: 'mail', network: 'facebook', fan: 'talker' };
    for (const note of HOSTILE.slice(0, 40))
      expect((await app.call('POST', '/brands/maison/rights', { ...known, note })).status).toBe(201);
    await look(page, 'rights', '/b/maison/rights', HOSTILE.slice(0, 40));
    for (let i = 0; i < 45; i++) await app.call('DELETE', `/members/user-${199 - i}`);
    await look(page, 'audit', '/audit', []);
    await page.close();
    expect(watch.alarms.splice(0)).toEqual([]);
  });

  it('are text on the pages of everybody: trust, the fan, the wall, and in every address', async () => {
    const page = await context.newPage();
    await look(page, 'trust', '/trust/maison', [HOSTILE[9]!, HOSTILE[15]!, ...HOSTILE]);
    await look(page, 'english trust', '/en/trust/maison', HOSTILE);
    await page.goto(`${app.url}/fan/maison?link=${await invite(app, 'maison', 'talker')}`);
    await page.locator('form[action="?/open"] button').click();
    await page.waitForSelector('[data-purpose="measure"]');
    await watch.seen(page, 'fan', [HOSTILE[9]!]);
    await look(page, 'what is held of a fan', '/fan/maison/held', HOSTILE);
    for (const [i, name] of HOSTILE.slice(0, 8).entries()) {
      await app.call('PATCH', '/brands/maison', { name, contact: HOSTILE[199 - i] });
      await look(page, 'brand', ['/', '/trust/maison', '/en/b/maison', '/fan/maison'][i % 4]!, [name]);
    }
    for (const [i, path] of [
      '/sign-in?next=',
      '/b/',
      '/en/trust/',
      '/displays/approve?code=',
      '/audit?action=',
      '/team?remove=',
      '/fan/maison?link=',
      '/wall/',
      '/b/maison?window=',
      '/invitation/',
    ].entries())
      for (let j = i; j < HOSTILE.length; j += 200)
        await look(page, path, path + encodeURIComponent(HOSTILE[j]!), []);
    await page.close();
    const television = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const { cookie } = await pair(app, ['maison'], HOSTILE[4]);
    await television.addCookies([
      { name: cookie.split('=')[0]!, value: cookie.split('=')[1]!, url: app.url },
    ]);
    await television.addInitScript(ALARM);
    const wall = await television.newPage();
    await look(wall, 'wall', '/wall', [HOSTILE[7]!]);
    await television.close();
    expect(watch.alarms.splice(0)).toEqual([]);
    console.log(watch.told());
  });
});

describe('the alarm', () => {
  it('goes off when a script runs or is refused', async () => {
    const page = await context.newPage();
    await page.goto(`${app.url}/sign-in`);
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=pwn(1)>'); pwn(2)`,
    );
    for (let i = 0; i < 40 && (await page.evaluate<number>('alarms.length')) < 2; i++)
      await page.waitForTimeout(25);
    expect(await page.evaluate<string[]>('alarms')).toEqual(
      expect.arrayContaining(['executed 2', expect.stringContaining('refused script-src')]),
    );
    await page.close();
  });
});
