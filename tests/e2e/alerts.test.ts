import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const draft = {
  ...{ name: 'Calme', measure: 'engagements@1', window: '1h', side: 'below' },
  ...{ fire: 100, clear: 200 },
};

describe('alerts', () => {
  it('are tried, made, muted, changed and deleted by keyboard, and say why one is not taken', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await page.goto(`${stage.app.url}/en/b/maison/alerts`);
    expect(await page.textContent('main h2')).toBe('No alert');
    await page.focus('#name');
    await page.keyboard.type('Rush');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('13');
    await page.keyboard.press('Enter');
    await page.getByText('lower for “too high”').waitFor();
    expect(await page.inputValue('#name')).toBe('Rush');
    await page.fill('#clear', '5');
    await page.fill('#webhook', 'https://hooks.example/fanfare');
    await page.focus('button[name="look"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-preview="1"]');
    expect(await page.inputValue('#clear')).toBe('5');
    await page.focus('form[action="?/keep"] .primary');
    await page.keyboard.press('Enter');
    expect(await page.textContent('[data-secret]')).toMatch(/^whsec_/);
    const row = page.locator('[data-alert]');
    expect(await row.textContent()).toContain('from 12 up, over at 5 or less');
    await row.getByText('Mute 24 h').press('Enter');
    await page.getByText('Muted until').waitFor();
    await row.getByText('Change', { exact: true }).press('Enter');
    await page.waitForURL(/edit=/);
    expect(await page.inputValue('#fire')).toBe('12');
    await page.goto(`${stage.app.url}/en/b/maison/alerts`);
    await row.getByText('Delete…').press('Enter');
    await row.getByText('Delete with its history').press('Enter');
    await page.getByText('The alert is deleted.').waitFor();
    expect(faults.filter((line) => !line.includes('400'))).toEqual([]);
    await close();
  });

  it('show on the desk while they fire, until somebody acknowledges', async () => {
    await stage.app.call('POST', '/brands/maison/alerts', draft);
    const { page, close } = await visit(stage.browser, stage.app);
    for (let tries = 0; tries < 20; tries++) {
      const { body } = await stage.app.call('GET', '/brands/maison/alerts');
      if ((body as { alerts: { firing: boolean }[] }).alerts[0]!.firing) break;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await page.goto(`${stage.app.url}/b/maison`);
    const banner = page.locator('.alerts [data-alert]');
    await banner.waitFor();
    expect(await banner.textContent()).toContain('à 100 ou moins');
    await banner.getByText('Acquitter').press('Enter');
    await banner.waitFor({ state: 'detached' });
    await page.goto(`${stage.app.url}/b/maison/alerts`);
    expect(await page.textContent('[data-firing="true"]')).toContain('Acquittée');
    await close();
  });

  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const { page, close } = await visit(stage.browser, stage.app, PHONE);
    const found: string[] = [];
    for (const locale of ['', '/en']) {
      await page.goto(`${stage.app.url}${locale}/b/maison/alerts`);
      found.push(...(await axe(page, locale)));
    }
    expect(found).toEqual([]);
    await close();
  });
});
