import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

describe.each([
  ['', 'Allumé maintenant', 'En direct'],
  ['/en', 'On now', 'Live'],
])('a television, in the language of "%s/"', (prefix, on, live) => {
  it('is paired by its code, by keyboard alone, shows its board live, and is shut out', async () => {
    const { app, browser } = stage;
    stage.nextMinute();
    const screen = await visit(browser, app, { guest: true, viewport: { width: 3840, height: 2160 } });
    await screen.page.goto(`${app.url}${prefix}/wall`);
    const code = /[A-Z]{4}-[A-Z]{4}/.exec((await screen.page.textContent('[data-code]')) ?? '')?.[0] ?? '';
    const found = await axe(screen.page, 'code');

    const team = await visit(browser, app, { ...PHONE, javaScriptEnabled: false });
    await team.page.goto(`${app.url}${prefix}/displays/approve`);
    const keys = team.page.keyboard;
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 40; i++) {
        await keys.press('Tab');
        if (await team.page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)})`))
          return;
      }
      throw new Error(`not reached: ${selector}`);
    };
    await tabTo('#code');
    await keys.type(code.toLowerCase().replace('-', ' '));
    await keys.press('Enter');
    await team.page.waitForSelector('[data-browser]');
    expect(await team.page.textContent('[data-browser]')).toMatch(/^Chrome \d+/);
    await tabTo('input[name="name"]');
    await keys.type('Hall <b>');
    await tabTo('input[value="maison"]');
    // The only brand there is, ticked already.
    await keys.press('Space');
    await keys.press('Space');
    expect(await team.page.isChecked('input[value="maison"]')).toBe(true);
    await tabTo('button[form="approve"]');
    await keys.press('Enter');
    await team.page.waitForSelector('[data-done]');
    expect(await team.page.getAttribute('[data-done]', 'data-done')).toBe('approval');

    await screen.page.waitForSelector('[data-freshness="live"]', { timeout: 20_000 });
    expect(screen.page.url()).toBe(`${app.url}${prefix}/wall`);
    expect(await screen.page.textContent('[data-freshness]')).toContain(live);
    expect(await screen.page.locator('[data-tile]').count()).toBe(4);
    found.push(...(await axe(screen.page, 'wall')));
    await team.page.goto(`${app.url}${prefix}/displays`);
    const card = team.page.locator('[data-display="Hall <b>"]');
    expect(await card.locator('[data-seen]').textContent()).toContain(on);
    await card.locator('summary').nth(1).click();
    await card.locator('form[action="?/revoke"] button').click();
    expect(await team.page.getAttribute('[data-done]', 'data-done')).toBe('revoked');
    await screen.page.waitForSelector('[data-code]', { timeout: 30_000 });

    const desk = await visit(browser, app, PHONE);
    for (const path of ['/displays', '/displays/approve', '/displays/approve?code=BBBB-BBBB']) {
      await desk.page.goto(app.url + prefix + path);
      found.push(...(await axe(desk.page, path)));
    }
    expect(found).toEqual([]);
    for (const one of [screen, team, desk]) await one.close();
  });
});
