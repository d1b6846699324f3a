import { readFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
  await stage.app.makeBrand('pharma', 'pharma');
});
afterAll(() => stage.close());

describe('the page of compliance', () => {
  it('makes a key that is never sent, names the contact, and shows the quarantine', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto(`${stage.app.url}/en/b/pharma/compliance`);
    await page.waitForSelector('[data-no-contact]');
    await page.fill('#name', 'Safety desk');
    await page.fill('#mail', 'safety@example.org');
    await page.fill('#products', 'Doltranol');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-make-key]').press('Enter'),
    ]);
    const file = await readFile(await download.path(), 'utf8');
    const identity = /AGE-SECRET-KEY-1\w+/.exec(file)?.[0] ?? '';
    const recipient = await page.inputValue('#recipient');
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    expect(await decrypter.decrypt(await encrypter.encrypt('report'), 'text')).toBe('report');
    await page.getByText('Save the contact').press('Enter');
    await page.waitForSelector('[data-done="kept"]');
    expect(sent.some((line) => line.includes(identity))).toBe(false);
    expect(await page.inputValue('#recipient')).toBe(recipient);

    const at = new Date().toISOString();
    const person = { network: 'facebook', fan: 'ada' };
    const act = { ...person, purposes: { measure: true }, age: '18+', method: 'form' };
    const notice = { version: '2026-11', locale: 'fr' };
    const before = new Date(Date.now() - 3_600_000).toISOString();
    await stage.app.call('POST', '/brands/pharma/consents', { ...act, at: before, notice });
    const text = 'I fainted after the second tablet';
    const event = { ...person, id: 'r', kind: 'comment', occurredAt: at, text };
    expect((await stage.app.call('POST', '/brands/pharma/events', event)).body).toMatchObject({
      quarantined: 1,
    });
    await page.goto(`${stage.app.url}/en/b/pharma/compliance`);
    expect(await page.locator('[data-case]').count()).toBe(1);
    expect(await page.content()).not.toContain('fainted');
    expect(await axe(page, 'quarantine')).toEqual([]);
    await page.getByRole('button', { name: 'Acknowledge receipt' }).press('Enter');
    await page.waitForSelector('[data-case="acknowledged"]');
    await page.goto(`${stage.app.url}/en/b/pharma`);
    expect(await page.textContent('[data-notice]')).toContain('no pharmacovigilance channel');
    expect(faults).toEqual([]);
    await close();
  });

  it('reads on a phone in French, and a change of the sector is asked about first', async () => {
    const { page, close } = await visit(stage.browser, stage.app, PHONE);
    await page.goto(`${stage.app.url}/b/maison/compliance`);
    expect(await page.textContent('#policy')).toContain('Tous secteurs');
    expect(await axe(page, 'policy')).toEqual([]);
    await page.goto(`${stage.app.url}/brands/maison`);
    await page.selectOption('#sector', 'alcohol');
    await page.locator('form[action="?/change"] .primary').press('Enter');
    await page.waitForSelector('[data-sure]');
    expect(await axe(page, 'sector')).toEqual([]);
    await page.locator('form[action="?/change"] .danger').press('Enter');
    await page.waitForURL(/done=changed/);
    expect((await stage.app.call('GET', '/brands/maison')).body).toMatchObject({ sector: 'alcohol' });
    await close();
  });
});
