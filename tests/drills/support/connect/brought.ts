import { open, pauses, ready, secretOf, type Seen, type Walk } from './walk.ts';

const LINES = 40;

/** A file as a tool exports it, one line of ten without a date. */
function fileOf(locale: 'fr' | 'en'): Buffer {
  const header = locale === 'fr' ? 'Auteur;Date;Type;Commentaire' : 'Author;Date;Type;Comment';
  const kind = locale === 'fr' ? 'Commentaire' : 'Comment';
  const rows = Array.from({ length: LINES }, (_, i) => {
    const at = new Date(Date.now() - 7_200_000 + i * 1_000).toISOString().slice(0, 19).replace('T', ' ');
    return `${i % 5 ? '700001' : `800${i}`};${i % 10 ? at : '—'};${kind};"merci beaucoup ${i}"`;
  });
  return Buffer.from([header, ...rows].join('\r\n'));
}

/** Walk through importing a file. */
export async function walkFile(walk: Walk): Promise<Seen> {
  const { page, album, locale } = walk;
  const take = (step: string, phone = false) => album.take(page, 'file', step, locale, phone);
  await open(walk, '/sources');
  await page.click('a.button[href$="/sources/import"]');
  await page.waitForSelector('input[type=file]');
  await ready(page);
  await take('1-pick');
  const name = locale === 'fr' ? 'commentaires.csv' : 'comments.csv';
  await page.setInputFiles('input[type=file]', { name, mimeType: 'text/csv', buffer: fileOf(locale) });
  await page.waitForSelector('[data-gap=network]');
  await take('2-columns', true);
  await page.selectOption('#map-network', 'fixed facebook');
  await page.waitForSelector('[data-line]');
  await page.click('section button.primary');
  await page.waitForSelector('[data-step=done]');
  await take('3-done', true);
  await open(walk, '/sources');
  await page.locator('[data-source] a').last().click();
  await page.waitForSelector('[data-outcome="taken"]');
  await ready(page);
  const seen: Seen = { imported: true, receiving: true };
  seen['last five'] = (await page.locator('[data-outcome]').count()) > 0;
  await take('5-receiving', true);
  seen['paused'] = await pauses(walk, 'file', () => Promise.resolve());
  return seen;
}

/** Walk from the sources to a token, and send one event with what the page says. */
export async function walkApi(walk: Walk): Promise<Seen> {
  const { app, page, album, brand, locale } = walk;
  const take = (step: string, phone = false) => album.take(page, 'api', step, locale, phone);
  await open(walk, '/sources');
  await take('0-sources', true);
  await page.click('[data-api] a.button');
  await page.waitForSelector('input[name="scopes"]');
  await ready(page);
  const seen: Seen = {};
  const chosen = await page.locator('input[name="scopes"]:checked').evaluateAll((all) => all.length);
  seen['sending is chosen'] =
    chosen === 1 && (await page.isChecked(`input[name="brands"][value="${brand}"]`));
  await page.fill('#name', locale === 'fr' ? 'Caisse du magasin' : 'Till of the shop');
  await take('1-token-form', true);
  await page.click('form:has(#name) button.primary');
  await page.waitForSelector('[data-secret="token"]');
  await take('2-token');
  const token = await secretOf(page, 'token');
  const curl = await secretOf(page, 'curl');
  const [, event = '{}'] = /-d '([^']+)'/.exec(curl) ?? [];
  const [address = ''] = /https?:\S+\/events/.exec(curl) ?? [];
  const answer = await fetch(app.url + new URL(address).pathname, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: event,
  });
  seen['its own example is taken'] = answer.status === 200;
  return seen;
}
