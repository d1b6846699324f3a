import { expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';

it('a real browser opens a page and reads its title', async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto('data:text/html,<title>Fanfare</title><p>é 😀</p>');
    expect(await page.title()).toBe('Fanfare');
  } finally {
    await browser.close();
  }
});
