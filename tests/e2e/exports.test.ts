import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExportJob, MadeShare, SnapshotMeta } from '@fanfare/contract';
import { TOKEN } from '../support/app.ts';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

const TITLE = 'Été à Noël 🎄 ‏مرحبا';
let stage: FanStage;
let snapshot: SnapshotMeta;
beforeAll(async () => {
  stage = await raiseStage();
  snapshot = await freeze({ window: '24h', title: TITLE });
});
afterAll(() => stage.close());

async function freeze(body: object): Promise<SnapshotMeta> {
  return (await stage.app.call('POST', '/brands/maison/snapshots', body)).body;
}
const open = (page: Page, path: string) => page.goto(stage.app.url + path);
const file = (path: string) =>
  fetch(`${stage.app.url}/api/v1${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });

/** Processes of a browser that this process started. */
function chromiums(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const [command = '', ...rest] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        const isMain = !rest.some((part) => part.startsWith('--type='));
        const draws = rest.some((part) => part.startsWith('--host-resolver-rules'));
        return /chrom/i.test(command) && isMain && draws && parent === String(process.pid)
          ? [Number(pid)]
          : [];
      } catch {
        return [];
      }
    });
}

describe('files that are drawn', () => {
  it('are a PDF with the values of the board, French numbers and dates, and a foot of our own', async ({
    skip,
  }) => {
    const answer = await file(`/snapshots/${snapshot.id}.pdf`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const { status, stdout } = spawnSync('pdftotext', ['-layout', '-', '-'], {
      input: bytes,
      encoding: 'utf8',
    });
    if (status !== 0) return skip('skipped: pdftotext is not installed, so the text of the PDF was not read');
    const text = stdout.normalize('NFC');
    expect(text).toContain('Été à Noël');
    expect(text).toMatch(/Engagements[\s\S]*\b14\b/);
    expect(text).toContain(snapshot.sha256);
    expect(text).toMatch(/chiffres du \d{1,2} \S+ \d{4} à \d\d:\d\d \(Europe\/Paris\)/);
    expect(text).toMatch(/page 1 \/ \d/);
    expect(text).toContain(`/b/maison/snapshots/${snapshot.id}`);
    return undefined;
  });

  it('are a picture at double size', async () => {
    const answer = await file(`/snapshots/${snapshot.id}.png?locale=en`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, bytes.readUInt32BE(16)]).toEqual([200, 2_246]);
  });

  it('come though Chromium is killed under the page', async ({ skip }) => {
    const { id } = await freeze({ window: '1h' });
    const { body } = await stage.app.call('POST', `/snapshots/${id}/exports`, { format: 'pdf' });
    const { id: job } = body as ExportJob;
    const before = chromiums();
    if (before.length === 0) return skip('skipped: processes cannot be listed here');
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const look = async () => ((await stage.app.call('GET', `/exports/${job}`)).body as ExportJob).state;
    await expect.poll(look, { timeout: 20_000 }).toBe('done');
    expect(chromiums().filter((pid) => !before.includes(pid))).toHaveLength(1);
    return undefined;
  });

  it('are drawn from a page that asks nobody else for anything, and runs no script', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await open(page, `/print/${snapshot.id}`);
    expect(await page.locator('script').count()).toBe(0);
    expect(asked.filter((url) => new URL(url).origin !== stage.app.url)).toEqual([]);
    expect(faults).toEqual([]);
    expect(await axe(page, '/print')).toEqual([]);
    await close();
    const guest = await visit(stage.browser, stage.app, { guest: true });
    expect((await open(guest.page, `/print/${snapshot.id}?ticket=x`))?.status()).toBe(401);
    await guest.close();
  });
});

describe('the export page', () => {
  it('freezes, makes and hands over a file by keyboard alone, and remembers the choice', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await open(page, '/b/maison/export?window=1h');
    await page.locator('[data-preview] tbody tr').nth(4).waitFor();
    expect(await page.inputValue('#window')).toBe('1h');
    await page.focus('input[name="file"]:checked');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('input[name="file"]:checked').getAttribute('value')).toBe('xlsx');
    const downloading = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^fanfare-maison-1h-.+Z\.xlsx$/);
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
    await page.locator('[data-done="file"]').waitFor();
    await open(page, '/en/b/maison/export');
    await page.locator('input[value="xlsx"]:checked').waitFor();
    await page.check('input[value="history"]');
    await page.locator('[data-preview] tbody tr').first().waitFor();
    const [history] = await Promise.all([page.waitForEvent('download'), page.click('form button.primary')]);
    expect(history.suggestedFilename()).toMatch(/^fanfare-maison-\d{4}-.+\.csv$/);
    expect(await readFile(await history.path(), 'utf8')).toMatch(/^from,to,day,engagements@1/);
    expect(faults).toEqual([]);
    await close();
  });

  it('can be cancelled, and says what is wrong', async () => {
    const { page, close } = await visit(stage.browser, stage.app);
    await open(page, `/en/b/maison/export?snapshot=${snapshot.id}`);
    expect(await page.textContent('[data-since]')).toContain('nobody has withdrawn');
    await page.route('**/exports/*', () => undefined);
    await page.click('form button.primary');
    await page.locator('progress').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('[data-cancelled]').waitFor();
    await page.route('**/snapshots/*/exports', (route) =>
      route.fulfill({ status: 507, json: { code: 'storage_full' } }),
    );
    await page.click('form button.primary');
    expect(await page.locator('[data-fault]').textContent()).toContain('disk is full');
    await close();
  });
});

describe('a share link', () => {
  it('is made, asks for its passphrase, shows the figures, and ends', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await open(page, '/en/b/maison/export?delivery=link');
    await page.fill('#passphrase', 'correct horse battery');
    await page.click('form button.primary');
    const url = (await page.locator('[data-done="link"] code').textContent())!;
    const guest = await visit(stage.browser, stage.app, { guest: true, ...PHONE, javaScriptEnabled: false });
    const path = `/en${new URL(url).pathname}`;
    const first = await open(guest.page, path);
    expect(first?.headers()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    await guest.page.fill('#passphrase', 'wrong');
    await guest.page.click('form button');
    expect(await guest.page.locator('#why').textContent()).toContain('not the passphrase');
    await guest.page.fill('#passphrase', 'correct horse battery');
    await guest.page.click('form button');
    await guest.page.locator('[data-measure="engagements@1"]').waitFor();
    expect(await guest.page.locator('a[download]').count()).toBe(5);
    await open(page, '/en/b/maison/shares');
    await page.locator('[data-state="open"] a.button').click();
    await page.locator('[data-log] tr').first().waitFor();
    await page.click('[popovertarget]');
    await page.click('form[action="?/end"] button:not([popovertarget])');
    await page.locator('[data-state="ended"]').waitFor();
    expect((await open(guest.page, path))?.status()).toBe(404);
    expect(faults).toEqual([]);
    await guest.close();
    await close();
  });

  it('and the export page have no axe violation and no sideways scroll, in either language and theme', async () => {
    const { id } = await freeze({ window: '1h', audience: 'public', title: 'x'.repeat(120) });
    const draft = { snapshot: id };
    const [plain, shut] = await Promise.all(
      [draft, { ...draft, passphrase: 'correct horse' }].map(
        async (body) => (await stage.app.call('POST', '/brands/maison/shares', body)).body as MadeShare,
      ),
    );
    const found: string[] = [];
    const team = await visit(stage.browser, stage.app, PHONE);
    const shares = [plain!.url, shut!.url].map((url) => new URL(url).pathname);
    const paths = [
      '/b/maison/export',
      '/b/maison/export?delivery=link',
      `/b/maison/shares?log=${plain!.id}`,
      ...shares,
    ];
    for (const [i, path] of paths.entries()) {
      const locale = i % 2 === 0 ? '' : '/en';
      await open(team.page, locale + path);
      if (path.includes('export')) await team.page.locator('[data-preview] tbody tr').first().waitFor();
      found.push(...(await axe(team.page, locale + path)));
    }
    await team.close();
    expect(found).toEqual([]);
  });
});
