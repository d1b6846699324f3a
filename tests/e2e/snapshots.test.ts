import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SnapshotMeta } from '@fanfare/contract';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

const TITLE = '=1+1 🎄 ‏مرحبا';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const open = (page: Page, path: string) => page.goto(stage.app.url + path);

/** Let the page check a file, and give its verdict. */
async function check(page: Page, text: string): Promise<(string | null)[]> {
  await page.evaluate(`document.querySelector('[data-result]')?.setAttribute('data-result', 'before')`);
  const buffer = Buffer.from(text);
  await page.setInputFiles('input[type="file"]:enabled', {
    name: 'a.json',
    mimeType: 'application/json',
    buffer,
  });
  const result = page.locator('[data-result]:not([data-result="before"])');
  await result.waitFor();
  return [await result.getAttribute('data-result'), await result.getAttribute('data-known')];
}

describe('snapshots', () => {
  it('are frozen, listed, read, downloaded, checked and deleted', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await open(page, '/en/b/maison/snapshots');
    expect(await page.textContent('.none h2')).toBe('No snapshot');
    await page.fill('#title', TITLE);
    await page.selectOption('#window', '24h');
    await page.click('form[action="?/freeze"] button');
    await page.locator('[data-made] a').click();
    await page.locator('[data-measure="engagements@1"]').waitFor();
    expect(await page.textContent('h1')).toBe(TITLE);
    expect(await page.textContent('[data-measure="engagements@1"] dd b')).toContain('14');
    expect(await page.textContent('[data-since]')).toContain('nobody has withdrawn');

    await stage.app.call('POST', '/brands/maison/fans/withdraw', { network: 'facebook', fan: 'fan-11' });
    await page.reload();
    expect(await page.textContent('[data-since]')).toContain('fewer than 10');
    expect(await page.textContent('[data-measure="engagements@1"] dd b')).toContain('14');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a.button[download]').click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^fanfare-maison-24h-\d{8}T\d{6}Z\.json$/);
    const file = await readFile(await download.path(), 'utf8');

    const sent: string[] = [];
    await open(page, '/en/verify');
    await page.waitForLoadState('networkidle');
    page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    expect(await check(page, file)).toEqual(['intact', 'same']);
    expect(await page.textContent('[data-result] dl')).toContain(TITLE);
    expect(
      await check(page, file.replace('"engagements@1":14', '"engagements@1":15').replace('"n":12', '"n":13')),
    ).toEqual(['altered', 'unasked']);
    expect(await check(page, `${file}\n`)).toEqual(['rewritten', 'same']);
    expect(await check(page, '{}')).toEqual(['foreign', 'unasked']);
    const { id } = (JSON.parse(file) as { snapshot: { id: string } }).snapshot;
    expect([...new Set(sent)]).toEqual([`GET /api/v1/snapshots/${id}/sha256`]);

    await open(page, '/en/b/maison/snapshots');
    await page.click('[popovertarget]');
    await page.click('form[action="?/remove"] button:not([popovertarget])');
    await page.getByText('The snapshot is deleted.').waitFor();
    expect(faults).toEqual([]);
    await open(page, '/en/verify');
    expect(await check(page, file)).toEqual(['intact', 'unknown']);
    await close();
  });

  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const found: string[] = [];
    const { body } = await stage.app.call('POST', '/brands/maison/snapshots', {
      window: '1h',
      title: 'x'.repeat(120),
    });
    await stage.app.call('POST', '/brands/maison/snapshots', { window: '7d', audience: 'public' });
    const { id } = body as SnapshotMeta;
    const team = await visit(stage.browser, stage.app, PHONE);
    for (const path of ['/b/maison/snapshots', `/en/b/maison/snapshots/${id}`, '/en/verify']) {
      await open(team.page, path);
      if (path.endsWith('/verify')) await check(team.page, '{}');
      found.push(...(await axe(team.page, path)));
    }
    await team.close();
    expect(found).toEqual([]);
  });

  it('can be frozen and read without a script, and are not for guests', async () => {
    const { page, close } = await visit(stage.browser, stage.app, { javaScriptEnabled: false });
    await open(page, '/b/maison/snapshots');
    await page.click('form[action="?/freeze"] button');
    await page.click('[data-made] a');
    expect(await page.textContent('h1')).toBe('Sans titre');
    expect(await page.locator('[data-measure]').count()).toBeGreaterThan(5);
    await close();
    const guest = await visit(stage.browser, stage.app, { guest: true });
    const answer = await open(guest.page, '/b/maison/snapshots');
    expect(answer?.status()).toBe(401);
    await guest.close();
  });
});
