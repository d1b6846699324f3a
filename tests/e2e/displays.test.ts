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
  it('is paired by its code, shows its board live, and is shut out', async () => {
    const { app, browser } = stage;
    stage.nextMinute();
    const screen = await visit(browser, app, { guest: true, viewport: { width: 3840, height: 2160 } });
    await screen.page.goto(`${app.url}${prefix}/pair`);
    const code = /[A-Z]{4}-[A-Z]{4}/.exec((await screen.page.textContent('[data-code]')) ?? '')?.[0] ?? '';
    const found = await axe(screen.page, 'pair');

    const team = await visit(browser, app, { ...PHONE, javaScriptEnabled: false });
    await team.page.goto(`${app.url}${prefix}/displays/approve`);
    await team.page.fill('#code', code.toLowerCase().replace('-', ' '));
    await team.page.click('form.panel button');
    expect(await team.page.textContent('[data-browser]')).toMatch(/^Chrome \d+/);
    await team.page.fill('input[name="name"]', 'Hall <b>');
    await team.page.check('input[value="maison"]');
    await team.page.click('button[form="approve"]');
    expect(await team.page.getAttribute('[data-done]', 'data-done')).toBe('approval');

    await screen.page.waitForURL(`${app.url}${prefix}/wall/maison`, { timeout: 15_000 });
    await screen.page.waitForSelector('[data-freshness="live"]', { timeout: 9_000 });
    expect(await screen.page.textContent('[data-freshness]')).toContain(live);
    expect(await screen.page.locator('[data-tile]').count()).toBe(3);
    found.push(...(await axe(screen.page, 'wall')));
    await team.page.goto(`${app.url}${prefix}/displays`);
    const card = team.page.locator('[data-display="Hall <b>"]');
    expect(await card.locator('[data-seen]').textContent()).toContain(on);
    await card.locator('summary').nth(1).click();
    await card.locator('form[action="?/revoke"] button').click();
    expect(await team.page.getAttribute('[data-done]', 'data-done')).toBe('revoked');
    await screen.page.waitForSelector('[data-refused="signed_out"]', { timeout: 5_000 });

    const desk = await visit(browser, app, PHONE);
    for (const path of ['/displays', '/displays/approve', '/displays/approve?code=BBBB-BBBB']) {
      await desk.page.goto(app.url + prefix + path);
      found.push(...(await axe(desk.page, path)));
    }
    expect(found).toEqual([]);
    for (const one of [screen, team, desk]) await one.close();
  });
});
