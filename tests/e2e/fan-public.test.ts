import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

describe('pages for everybody and for the team', () => {
  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const found: string[] = [];
    const guest = await visit(stage.browser, stage.app, { guest: true, ...PHONE });
    for (const path of [
      '/fan/maison',
      '/en/fan/maison',
      '/trust/maison',
      '/en/trust/maison',
      '/fan/maison?link=x',
      '/en/fan/maison?proof=denied',
    ]) {
      await guest.page.goto(stage.app.url + path);
      found.push(...(await axe(guest.page, path)));
    }
    for (const path of ['/fan/maison', '/en/fan/maison']) {
      await guest.page.goto(stage.app.url + path);
      for (const [handle, shows] of [
        ['alice', '#reason'],
        ['alice.example', 'a[rel="noreferrer"]'],
      ] as const) {
        await guest.page.fill('#handle', handle);
        await guest.page.click('[data-way="bluesky"] button');
        await guest.page.waitForSelector(shows);
        found.push(...(await axe(guest.page, `${path} ${handle}`)));
      }
    }
    await guest.close();
    for (const locale of ['fr', 'en']) {
      const fan = await stage.openAs('fan-5', locale, {});
      found.push(...(await axe(fan.page, `open ${locale}`)));
      await fan.page.click('form[action="?/choose"] button');
      found.push(...(await axe(fan.page, `answered ${locale}`)));
      await fan.page.goto(`${stage.app.url}${locale === 'fr' ? '' : '/en'}/fan/maison/held`);
      found.push(...(await axe(fan.page, `data ${locale}`)));
      await fan.close();
    }
    const team = await visit(stage.browser, stage.app, PHONE);
    for (const path of ['/b/maison/invite', '/en/b/maison/invite']) {
      await team.page.goto(stage.app.url + path);
      found.push(...(await axe(team.page, path)));
    }
    await team.close();
    expect(found).toEqual([]);
  });

  it('tell the public what is asked and kept, with small numbers hidden', async () => {
    const { page, close } = await visit(stage.browser, stage.app, {
      guest: true,
      ...PHONE,
      javaScriptEnabled: false,
    });
    await page.goto(`${stage.app.url}/trust/maison`);
    expect(await page.locator('tr[data-purpose]').count()).toBe(6);
    expect(await page.locator('tr[data-purpose="measure"] td').allTextContents()).toEqual([
      'masqué',
      'masqué',
    ]);
    expect(await page.textContent('main')).toContain('13 mois');
    await close();
  });

  it('make a link for one person, show a contact, and draw the code', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await page.goto(`${stage.app.url}/en/b/maison/invite`);
    await page.fill('#fan', '998877');
    await page.click('form[action="?/invite"] button');
    expect(await page.textContent('[data-link]')).toMatch(/\/fan\/maison\?link=[\w-]{80,}$/);
    await page.fill('#contact', 'privacy@maison.example');
    await page.click('form[action="?/contact"] button');
    await page.waitForSelector('[data-kept]');
    await page.waitForLoadState('networkidle');
    const drawn = await page.evaluate<number>(`document.querySelector('img').naturalWidth`);
    expect(drawn).toBeGreaterThan(0);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('button.png')]);
    expect(file.suggestedFilename()).toBe('fanfare-maison.png');
    expect(faults).toEqual([]);
    await page.goto(`${stage.app.url}/en/trust/maison`);
    expect(await page.getAttribute('a[href^="mailto:"]', 'href')).toBe('mailto:privacy@maison.example');
    await close();
    const guest = await visit(stage.browser, stage.app, { guest: true });
    await guest.page.goto(`${stage.app.url}/b/maison/invite`);
    expect(new URL(guest.page.url()).pathname).toBe('/sign-in');
    await guest.close();
  });

  it('give other sites a button that leads to the page and sets no cookie', async () => {
    const site: Server = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><title>Site</title><p>Text</p>
        <script async src="${stage.app.url}/fanfare-button.js" data-brand="maison" data-lang="en"></script>`),
    );
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const { page, faults, close } = await visit(stage.browser, stage.app, { guest: true });
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    const link = page.getByRole('link', { name: 'My data, my choices' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`${stage.app.url}/en/fan/maison`);
    expect(await page.context().cookies()).toEqual([]);
    expect(faults.filter((fault) => !fault.includes('favicon') && !fault.includes('404'))).toEqual([]);
    await close();
    site.close();
  });
});
