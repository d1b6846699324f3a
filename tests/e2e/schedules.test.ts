import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUp } from '../accounts/person.ts';
import { MailServer } from '../schedules/stage.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Seven in Paris, in winter: the next sending of eight is an hour away. */
const SEVEN = 6 * HOUR;

let app: TestApp;
let browser: Browser;
let cookies: { name: string; value: string; url: string }[] = [];
let shift = 0;
const smtp = new MailServer();
const { mails } = smtp;

beforeAll(async () => {
  const start = Date.parse('2026-11-22T00:00:00Z') + SEVEN;
  const began = Date.now();
  const clock = () => start + (Date.now() - began) + shift;
  const smtpUrl = await smtp.open();
  const options = { pages: true, k: 10, clock, smtpUrl, schedules: { everyMs: 100 } };
  [app, browser] = await Promise.all([startApp(options), launchBrowser()]);
  await app.makeBrand('maison');
  const fans = Array.from({ length: 40 }, (_, i) => `fan-${i}`);
  await app.call(
    'POST',
    '/brands/maison/consents',
    fans.map((fan) => consent(fan, start - 30 * DAY, { measure: true, influence: true })),
  );
  const events = Array.from({ length: 300 }, (_, i) => ({
    ...{ id: `e${i}`, network: 'facebook', kind: i % 3 === 0 ? 'comment' : 'share', fan: fans[(i * 7) % 40] },
    occurredAt: new Date(start - (1 + ((i * 37) % 160)) * HOUR).toISOString(),
    ...{ object: `post-${i % 9}`, objectOwner: fans[i % 40], followers: 100 },
    ...(i % 3 === 0 ? { text: i % 2 === 0 ? 'good' : 'bad' } : {}),
  }));
  await app.call('POST', '/brands/maison/events', events);
  const owner = await setUp(app);
  cookies = [...owner.jar].map(([name, value]) => ({ name, value, url: app.url }));
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await smtp.close();
});

const owned = async (options: object = {}) => {
  const made = await visit(browser, app, { guest: true, ...options });
  await made.page.context().addCookies(cookies);
  return made;
};
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}
/** The page a mail is. */
const pageOf = (text: string) => text.slice(text.indexOf('<!doctype'), text.indexOf('</html>') + 7);

describe('scheduled mails', () => {
  it('are made by keyboard, tried on oneself with a picture, paused and taken up again', async () => {
    const { page, faults, close } = await owned({ reducedMotion: 'reduce' });
    await page.goto(`${app.url}/en/b/maison/schedules`);
    await page.focus('#name');
    await page.keyboard.type('Monday numbers');
    expect(await page.isVisible('#day')).toBe(false);
    await page.selectOption('#cadence', 'monthly');
    expect(await page.isVisible('#weekday')).toBe(false);
    await page.selectOption('#day', '31');
    await page.fill('#recipients', 'ada@maison.example, not-an-address');
    await page.focus('form[action="?/keep"] .primary');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role=alert]');
    expect(await page.textContent('[role=alert]')).toContain('An address is not valid');
    expect(await page.inputValue('#name')).toBe('Monday numbers');
    expect(await page.inputValue('#day')).toBe('31');
    await page.selectOption('#cadence', 'daily');
    await page.selectOption('#locale', 'en');
    await page.fill('#recipients', 'ada@maison.example\nbo@maison.example');
    await page.focus('form[action="?/keep"] .primary');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-kept]');
    const row = page.locator('[data-schedule]');
    expect(await row.textContent()).toContain('every day at 08:00');
    await row.getByText('Send me a test').press('Enter');
    await page.getByText('to you alone').waitFor();
    await until(() => mails.length === 1);
    expect(mails[0]!.to).toBe('odile@maison.example');
    expect(mails[0]!.picture.subarray(1, 4).toString()).toBe('PNG');
    expect(mails[0]!.text).toContain('This is a test');
    const said = page.locator('[data-run="sent"]');
    for (let tries = 0; tries < 20 && (await said.count()) === 0; tries++) await page.reload();
    expect(await said.textContent()).toMatch(/Test of[^]*sent to 1 person\./);
    await row.getByText('Pause', { exact: true }).press('Enter');
    await page.getByText('Undo the pause').press('Enter');
    await page.getByText('It goes on from its next time.').waitFor();
    await row.getByText('Delete…').press('Enter');
    expect(await row.textContent()).toContain('the list (2 addresses) and the history are deleted');
    expect(faults.filter((line) => !line.includes('400'))).toEqual([]);
    await close();
  });

  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const { page, close } = await owned({ reducedMotion: 'reduce', ...PHONE });
    const found: string[] = [];
    for (const locale of ['', '/en']) {
      await page.goto(`${app.url}${locale}/b/maison/schedules`);
      await page.waitForSelector('[data-schedule]');
      found.push(...(await axe(page, locale)));
    }
    expect(found).toEqual([]);
    await close();
  });

  it('are mails that a phone shows whole, and are left without an account or a script', async () => {
    mails.length = 0;
    shift += HOUR + 60_000;
    await until(() => mails.length === 2);
    const { page, close } = await visit(browser, app, { guest: true, javaScriptEnabled: false, ...PHONE });
    const [mail] = mails;
    const picture = `data:image/png;base64,${mail!.picture.toString('base64')}`;
    await page.setContent(pageOf(mail!.text).replace('cid:board@fanfare', picture));
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(360);
    const [, path = ''] = /:\/\/[^/]+((?:\/en)?\/unsubscribe\/[\w-]+)/.exec(mail!.text) ?? [];
    const looking = await visit(browser, app, { guest: true, reducedMotion: 'reduce', ...PHONE });
    await looking.page.goto(app.url + path);
    expect(await axe(looking.page, path)).toEqual([]);
    await looking.close();
    await page.goto(app.url + path);
    await page.locator('[data-leave]').click();
    await page.waitForSelector('[data-left]');
    shift += DAY;
    await until(() => mails.length === 3);
    expect(mails[2]!.to).not.toBe(mail!.to);
    await close();
  });
});
