import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeSheets } from '../screens/support/sheet.ts';
import type { Locale } from '../screens/support/shots.ts';
import { TOKEN, consent, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { FakeJetstream } from '../support/fake-jetstream.ts';
import { FakeSocial } from '../support/fake-social.ts';
import { table } from '../bench/support/numbers.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { Album } from './support/connect/album.ts';
import { walkApi, walkFile } from './support/connect/brought.ts';
import { BLUESKY_FAN, MASTODON_FAN, heardBy, walkListened } from './support/connect/listened.ts';
import { IN_DELIVERIES, SENDERS, SENDERS_FANS, walkSender } from './support/connect/senders.ts';
import { open, type Seen, type Walk } from './support/connect/walk.ts';

// `pnpm drill connect [PART OF A NAME]`: every source is connected in a real browser in both languages, with
// deliveries as its network signs them. Pictures and a sheet of each walk go to ./screens/connect.
const folder = join(import.meta.dirname, '../../screens/connect');
const part = process.argv[2] ?? '';
const verdicts = new Verdicts();
await mkdir(folder, { recursive: true });
const [jetstream, social] = await Promise.all([FakeJetstream.start(Date.now), FakeSocial.start()]);

/** People who agreed, at every network, an hour ago. */
async function invite(app: TestApp, brand: string): Promise<void> {
  const at = Date.now() - 3_600_000 * 3;
  const all = { measure: true, purchases: true };
  const shops = SENDERS.flatMap(({ fan, network }) =>
    SENDERS_FANS.map((one) => consent(fan?.(one) ?? one, at, all, network)),
  );
  const others = [
    ...SENDERS_FANS.map((one) => consent(one, at)),
    consent(BLUESKY_FAN, at, { measure: true }, 'bluesky'),
    consent(MASTODON_FAN, at, { measure: true }, 'mastodon'),
  ];
  await app.call('POST', `/brands/${brand}/consents`, [...shops, ...others]);
}

async function walkAll(app: TestApp, album: Album, locale: Locale): Promise<(string | number)[][]> {
  const brand = `maison-${locale}`;
  await app.call('POST', '/brands', { slug: brand, name: 'Maison Éloïse', timeZone: 'Europe/Paris', locale });
  await invite(app, brand);
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1_440, height: 900 },
    colorScheme: locale === 'fr' ? 'light' : 'dark',
  });
  await context.request.post(`${app.url}/api/v1/session`, { data: { token: TOKEN } });
  const rows: (string | number)[][] = [];
  const go = async (name: string, run: (walk: Walk) => Promise<Seen>) => {
    if (!name.includes(part)) return;
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const began = performance.now();
    const seen = await run({ app, page, album, brand, locale }).catch(async (fault: unknown) => {
      await album.take(page, name, '9-stuck', locale).catch(() => undefined);
      return { [String(fault).split('\n')[0]!.slice(0, 160)]: false };
    });
    const missing = Object.keys(seen).filter((promise) => !seen[promise]);
    const text = missing.length > 0 ? `NOT ${missing.join(', ')}` : Object.keys(seen).join(', ');
    verdicts.say(missing.length === 0, `${name} ${locale}: ${text}`);
    rows.push([name, locale, Math.round(performance.now() - began)]);
    await page.close();
  };
  try {
    await go('sources', async (walk) => {
      await open(walk, '/sources');
      await album.take(walk.page, 'sources', '1-none', locale, true);
      return { 'an empty list says what to do': (await walk.page.locator('[data-empty]').count()) === 1 };
    });
    for (const one of SENDERS) await go(one.connector, (walk) => walkSender(walk, one));
    for (const heard of heardBy(jetstream, social, locale === 'fr' ? 'a' : 'b', brand))
      await go(heard.connector, (walk) => walkListened(walk, heard));
    await go('file', walkFile);
    await go('api', walkApi);
    await go('sources', async (walk) => {
      await open(walk, '/sources');
      await album.take(walk.page, 'sources', '9-all', locale, true);
      return { 'all are listed': part !== '' || (await walk.page.locator('[data-source]').count()) === 10 };
    });
  } finally {
    await browser.close();
  }
  return rows;
}

await withApp(
  async (app) => {
    const album = new Album(folder, [...IN_DELIVERIES, BLUESKY_FAN, MASTODON_FAN]);
    const rows = [['source', 'language', 'ms'] as (string | number)[]];
    for (const locale of ['fr', 'en'] as const) rows.push(...(await walkAll(app, album, locale)));
    for (const fault of album.faults) verdicts.say(false, fault);
    console.log(`\n${table(rows)}\n\n${album.shots.length} pictures in ${folder}`);
    const browser = await launchBrowser();
    await makeSheets(browser, folder, album.shots).finally(() => browser.close());
  },
  {
    ...{ pages: true, k: 10, chance: () => 0.1, env: { JETSTREAM_URL: jetstream.url } },
    outside: { connect: social.connect, resolveText: () => Promise.resolve([]) },
  },
);
await Promise.all([jetstream.close(), social.close()]);
verdicts.end();
