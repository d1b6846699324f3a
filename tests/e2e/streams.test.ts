import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { FakeJetstream } from '../support/fake-jetstream.ts';
import { FakeSocial } from '../support/fake-social.ts';
import { STREAM_CASES, allow, commitOf, didOf } from '../support/stream-cases.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const [bluesky, mastodon] = [STREAM_CASES[0]!, STREAM_CASES[1]!];
const [BRAND, FAN] = [didOf('z'), didOf('f')];
const second = () => Math.floor(Date.now() / 1_000) - 5;
let app: TestApp;
let browser: Browser;
let jetstream: FakeJetstream;
let social: FakeSocial;
let token = '';
beforeAll(async () => {
  [jetstream, social] = await Promise.all([FakeJetstream.start(Date.now), FakeSocial.start()]);
  token = social.account('maison');
  const outside = { connect: social.connect, resolveText: () => Promise.resolve([]) };
  const options = { pages: true, chance: () => 0.1, env: { JETSTREAM_URL: jetstream.url }, outside };
  [app, browser] = await Promise.all([startApp(options), launchBrowser()]);
  await app.makeBrand('maison');
  await allow(app, 'maison', bluesky, [FAN], Date.now() - 3_600_000);
  await allow(app, 'maison', mastodon, [mastodon.fan(1)], Date.now() - 3_600_000);
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await Promise.all([jetstream.close(), social.close()]);
});

describe('a network that is listened to', () => {
  it('is connected in both languages, says whom it hears, and shows the first thing a fan does', async () => {
    const { page, faults, close } = await visit(browser, app);
    page.setDefaultTimeout(30_000);
    await page.goto(`${app.url}/b/maison/sources?connect=bluesky`);
    expect(await page.locator('#secret').count()).toBe(0);
    await page.fill('#name', 'Notre compte');
    await page.fill('#account', 'pas un nom');
    await page.click('form[action="?/connect"] button');
    await page.waitForSelector('[data-refused="bluesky_account"]');
    await page.fill('#account', BRAND);
    await page.click('form[action="?/connect"] button');
    await page.waitForSelector('[data-listening="true"]');
    expect(await page.innerText('[data-fans]')).toBe('1');
    expect(await page.getAttribute('[data-state]', 'data-state')).toBe('confirmed');
    jetstream.tell(
      commitOf(BRAND, { do: 'like', fan: FAN, object: '5', second: second() }, Date.now() * 1_000),
    );
    await page.waitForSelector('[data-outcome="taken"]');
    expect(await page.innerText('main')).not.toContain(FAN);

    await page.goto(`${app.url}/en/b/maison/sources?connect=mastodon`);
    await page.fill('#name', 'Our account');
    await page.fill('#account', '@maison@social.example');
    await page.fill('#token', 'a-token-of-somebody-else');
    await page.click('form[action="?/connect"] button');
    await page.waitForSelector('[data-refused="listened_token"]');
    await page.fill('#token', token);
    await page.click('form[action="?/connect"] button');
    await page.waitForSelector('[data-listening="true"]');
    const created_at = new Date(second() * 1_000).toISOString();
    const account = { id: '9', acct: mastodon.fan(1), bot: false };
    social.notify('maison', { type: 'favourite', created_at, account, status: { id: '5' } });
    await page.waitForSelector('[data-outcome="taken"]');
    expect(await page.getAttribute('[data-state]', 'data-state')).toBe('working');
    expect((await app.board('maison', '1h')).measures['engagements@1']!.value).toBe(2);
    // A form that is refused comes back with its status, which browsers write down.
    expect(faults.filter((fault) => !fault.includes('status of 400'))).toEqual([]);
    await close();
  });

  it('has no axe violation and no sideways scroll', async () => {
    const found: string[] = [];
    for (const options of [PHONE, {}]) {
      const { page, close } = await visit(browser, app, options);
      for (const path of [
        '/b/maison/sources?connect=mastodon',
        '/en/b/maison/sources?connect=bluesky',
        '/b/maison/sources/2',
      ]) {
        await page.goto(app.url + path);
        found.push(...(await axe(page, path)));
      }
      await close();
    }
    expect(found).toEqual([]);
  });
});
