import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { OWNER } from '../accounts/person.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit, type Visit } from './visit.ts';

let app: TestApp;
let browser: Browser;
let owner: Visit;
const found: string[] = [];
const look = async (name: string) => void found.push(...(await axe(owner.page, name)));

beforeAll(async () => {
  const database = await testDatabase();
  await database.sql`insert into organisation (name, created_at) values ('Maison Mère', 0), ('Agence Écho', 1)`;
  [app, browser] = await Promise.all([startApp({ database, pages: true }), launchBrowser()]);
  // No colour on its way to another while axe looks.
  owner = await visit(browser, app, { guest: true, reducedMotion: 'reduce', ...PHONE });
  owner.page.setDefaultTimeout(20_000);
  await owner.page.goto(`${app.url}/api/v1/session/link/${app.app.access.link}`);
  for (const [id, value] of Object.entries(OWNER)) await owner.page.fill(`#${id}`, value);
  await owner.page.click('main form .primary');
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('administration, on a phone', () => {
  it('makes a brand, changes it, and says what comes next', async () => {
    const { page } = owner;
    await page.goto(`${app.url}/brands`);
    await look('brands, none yet');
    await page.fill('#name', 'Maison Élodie');
    await page.selectOption('#timeZone', 'America/Martinique');
    await page.click('form[action="?/make"] .primary');
    await page.waitForURL(/\/brands\/maison-elodie\?done=made$/);
    expect(await page.locator('ol a').count()).toBe(4);
    await look('brand made');
    await page.fill('#name', 'Maison Élodie & fils');
    await page.click('form[action="?/change"] .primary');
    await page.waitForURL(/done=changed$/);
    expect(await page.textContent('h1')).toBe('Maison Élodie & fils');
    await page.goto(`${app.url}/brands`);
    await page.fill('#name', 'Maison Elodie');
    await page.click('form[action="?/make"] .primary');
    expect(await page.getAttribute('[role=alert]', 'data-refused')).toBe('slug_taken');
    expect(await page.inputValue('#name')).toBe('Maison Elodie');
    await look('brands, refused');
  });

  it('makes a token that works, shows it once, and ends it', async () => {
    const { page } = owner;
    await page.goto(`${app.url}/en/tokens?brand=maison-elodie`);
    await look('tokens, none yet');
    await page.fill('#name', 'Shop <b>');
    await page.click('form[action="?/make"] .primary');
    expect(await page.getAttribute('[role=alert]', 'data-refused')).toBe('scopes');
    expect(await page.inputValue('#name')).toBe('Shop <b>');
    await page.check('input[value="read"]');
    expect(await page.isChecked('input[name="brands"]')).toBe(true);
    await page.click('form[action="?/make"] .primary');
    const token = (await page.textContent('[data-secret="token"]'))!;
    expect(token).toMatch(/^fanfare_[\w-]{43}$/);
    const tried = (await page.textContent('[data-secret="curl"]'))!;
    const address = /'(http[^']+)'$/.exec(tried)![1]!;
    const reads = async () => {
      const { pathname, search } = new URL(address);
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(app.url + pathname + search, { headers })).status;
    };
    expect(await reads()).toBe(200);
    await look('token made');
    await page.goto(`${app.url}/en/tokens`);
    expect(await page.textContent('main')).not.toContain(token);
    const row = page.locator('[data-token]');
    expect(await row.textContent()).toContain(`${token.slice(0, 16)}…`);
    expect(await row.textContent()).toContain('Maison Élodie & fils');
    await row.locator('summary').click();
    expect(await row.locator('form').textContent()).toContain(
      'every program that uses “Shop <b>” is refused',
    );
    await look('token ending');
    await row.locator('form button').click();
    expect(await page.locator('[data-empty]').count()).toBe(1);
    expect(await reads()).toBe(401);
  });

  it('deletes a brand only by its name, after saying what goes with it', async () => {
    const { page } = owner;
    await page.goto(`${app.url}/en/brands/maison-elodie`);
    expect(await page.textContent('.loss')).toContain('figures, history, snapshots');
    await page.fill('#typed', 'maison');
    await page.click('form[action="?/delete"] button');
    expect(await page.textContent('#typed-error')).toContain('Nothing was deleted');
    await look('brand not deleted');
    await page.fill('#typed', ' Maison Élodie & fils ');
    await page.click('form[action="?/delete"] button');
    await page.waitForURL(/\/en\/brands\?deleted=/);
    expect((await app.call('GET', '/brands')).body).toEqual([]);
    await look('brands, deleted');
  });

  it('hands out a link to a new password, and takes the new one', async () => {
    const { page } = owner;
    await page.goto(`${app.url}/team`);
    await page.click('form[action="?/reset"] button');
    const link = (await page.textContent('[data-secret="reset"]'))!;
    await look('team, a link');
    await page.goto(`${app.url}/forgotten`);
    expect(await page.locator('[data-no-mail]').count()).toBe(1);
    await look('forgotten');
    const { pathname } = new URL(link);
    await page.goto(app.url + pathname);
    await page.fill('#password', 'motdepasse1234');
    await page.click('main form .primary');
    expect(await page.textContent('[role=alert]')).toContain('trop courant');
    await look('new password');
    await page.fill('#password', 'cinq fenêtres ouvertes');
    await page.click('main form .primary');
    await page.waitForURL(/\/sign-in\?password=changed$/);
    await look('sign in anew');
    await page.goto(app.url + pathname);
    expect(await page.textContent('[role=alert]')).toContain('n’est plus valable');
    await page.goto(`${app.url}/sign-in?next=/team`);
    await page.fill('#email', OWNER.email);
    await page.fill('#password', 'cinq fenêtres ouvertes');
    await page.click('form[action="?/password"] .primary');
    await page.waitForURL(/\/team$/);
    expect(found).toEqual([]);
  });
});

describe('who belongs to several organisations', () => {
  it('goes from one to the other and back by the menu, in either language, and sees what is of each', async () => {
    const [, echo] = (await app.database.sql<{ id: number }[]>`select id from organisation order by id`).map(
      ({ id }) => id,
    );
    await app.call('POST', `/brands?organisation=${echo}`, { slug: 'reflet', name: 'Le Reflet' });
    await app.makeBrand('miroir');
    const { page, faults, close } = await visit(browser, app, { reducedMotion: 'reduce', ...PHONE });
    const axes: string[] = [];
    const go = async (text: string) => {
      await page.click('header summary');
      const before = page.url();
      await page.locator('header .sheet').getByRole('link', { name: text, exact: true }).click();
      await page.waitForURL((url) => url.href !== before);
      await page.waitForSelector('header details:not([open])');
    };
    for (const [prefix, others, members] of [
      ['', 'Autres organisations', 'Membres'],
      ['/en', 'Other organisations', 'Members'],
    ] as const) {
      await page.goto(`${app.url}${prefix}/brands`);
      await page.locator('main', { hasText: 'miroir' }).waitFor();
      expect(await page.textContent('header .sheet')).toContain(others);
      await go('Agence Écho');
      await page.locator('main', { hasText: 'Le Reflet' }).waitFor();
      const menu = (await page.textContent('header .sheet'))!;
      expect(menu.indexOf('Agence Écho')).toBeLessThan(menu.indexOf('Maison Mère'));
      expect(new URL(page.url()).searchParams.get('organisation')).toBe(String(echo));
      expect(await page.textContent('main')).not.toContain('miroir');
      await go(members);
      expect(new URL(page.url()).searchParams.get('organisation')).toBe(String(echo));
      await page.click('header summary');
      axes.push(...(await axe(page, `${prefix} organisations`)));
      await page.keyboard.press('Escape');
      await go('Maison Mère');
      await page.locator('main', { hasText: 'miroir' }).waitFor();
    }
    expect([axes, faults]).toEqual([[], []]);
    await close();
  });
});
