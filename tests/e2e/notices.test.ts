import type { NoticeBody } from '@fanfare/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const notices = async () => (await stage.app.call('GET', '/brands/maison/notices')).body as NoticeBody[];
const at = (path: string) => stage.app.url + path;

describe('the texts fans read, for the team', () => {
  it('begin with the text in force, and say that none is their own', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await page.goto(at('/b/maison/notices'));
    expect(await page.locator('[data-empty]').count()).toBe(1);
    expect(await page.inputValue('#title-fr')).toBe('Ce que vous autorisez');
    expect(await page.inputValue('#version')).toMatch(/^\d{4}-\d\d$/);
    await page.fill('#title-fr', 'Vos choix chez Maison');
    await page.waitForSelector('[data-preview="fr"] h2:text("Vos choix chez Maison")');
    expect(faults).toEqual([]);
    await close();
  });

  it('show what a fan will see, publish after naming what will happen, and keep the hash', async () => {
    const { page, close } = await visit(stage.browser, stage.app, { javaScriptEnabled: false });
    page.setDefaultTimeout(30_000);
    await page.goto(at('/b/maison/notices'));
    await page.fill('#version', 'texte-1');
    await page.fill('#title-fr', 'Vos choix');
    await page.fill('#body-fr', 'Premier paragraphe.\n\nSecond paragraphe.');
    await page.fill('#title-en', 'Your choices');
    await page.fill('#body-en', 'First.\n\nSecond.');
    await page.click('form[action$="/save"] button');
    await page.waitForSelector('[data-done="saved"]');
    const preview = await page.innerText('[data-preview="fr"]');
    await page.click('[data-draft="texte-1"] a.primary');
    await page.check('input[value="new"]');
    // Twelve fans consent: enough to say how many.
    expect(await page.innerText('fieldset')).toContain('12 fans');
    await page.click('form[method="GET"] button');
    expect(await page.innerText('[data-confirm="new"]')).toContain('redemander à 12 fans');
    expect((await notices()).every(({ publishedAt }) => publishedAt === null)).toBe(true);
    await page.click('form[action$="/publish"] button');
    await page.waitForSelector('[data-done="published"]');
    const published = await notices();
    expect(published.map(({ locale, meaning }) => [locale, meaning])).toEqual([
      ['en', 1],
      ['fr', 1],
    ]);
    await page.click('[data-version="texte-1"] summary >> nth=0');
    const french = published.find(({ locale }) => locale === 'fr');
    expect(await page.innerText('[data-version="texte-1"] details >> nth=0')).toContain(french?.hash);
    await close();

    const fan = await stage.openAs('fan-1', 'fr');
    expect((await fan.page.innerText('section[lang="fr"]')).trim()).toBe(preview.trim());
    const answers = await fan.page.evaluate<string[]>(
      `[...document.querySelectorAll('fieldset[data-purpose]')].map((row) => row.dataset.answer)`,
    );
    expect(answers).not.toContain('yes');
    await fan.close();
  });

  it('keep what was typed when a name or a half-written language is refused', async () => {
    const { page, close } = await visit(stage.browser, stage.app, { javaScriptEnabled: false });
    page.setDefaultTimeout(30_000);
    await page.goto(at('/en/b/maison/notices'));
    await page.fill('#version', 'a b');
    await page.fill('#title-en', 'Mine');
    await page.click('form[action$="/save"] button');
    expect(await page.getAttribute('[data-refused]', 'data-refused')).toBe('version');
    expect(await page.inputValue('#title-en')).toBe('Mine');
    await page.fill('#version', 'next');
    await page.fill('#body-fr', '');
    await page.click('form[action$="/save"] button');
    expect(await page.getAttribute('[data-refused]', 'data-refused')).toBe('incomplete');
    await page.fill('#version', 'texte-1');
    await page.fill('#title-fr', '');
    await page.click('form[action$="/save"] button');
    expect(await page.getAttribute('[data-refused]', 'data-refused')).toBe('already_published');
    await page.fill('#version', 'only-english');
    await page.click('form[action$="/save"] button');
    await page.goto(at('/en/b/maison/notices?publish=only-english'));
    expect(await page.textContent('.warning')).toContain('French');
    await close();
  });

  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const found: string[] = [];
    for (const [path, options] of [
      ['/b/maison/notices', PHONE],
      ['/en/b/maison/notices', {}],
    ] as const) {
      const { page, close } = await visit(stage.browser, stage.app, options);
      for (const query of [
        '',
        '?edit=only-english',
        '?publish=only-english',
        '?publish=only-english&meaning=new',
      ]) {
        await page.goto(at(path + query));
        found.push(...(await axe(page, path + query)));
      }
      await close();
    }
    expect(found).toEqual([]);
  });

  it('are for people who are signed in', async () => {
    const { page, close } = await visit(stage.browser, stage.app, { guest: true });
    await page.goto(at('/b/maison/notices?edit=x'));
    const { pathname, searchParams } = new URL(page.url());
    expect([pathname, searchParams.get('next')]).toEqual(['/sign-in', '/b/maison/notices?edit=x']);
    await close();
  });
});
