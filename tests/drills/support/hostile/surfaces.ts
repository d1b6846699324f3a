import { parse } from 'csv-parse/sync';
import { HOSTILE } from '../../../support/hostile-strings.ts';
import { textOf } from '../../../support/hostile-watch.ts';
import { invite } from '../../../support/fan-visit.ts';
import { beginPairing, pair } from '../../../support/display.ts';
import { act, showing, type Hall } from './hall.ts';

type Surface = (hall: Hall) => Promise<void>;
/** Alerts and sources a brand may have: four brands take all. */
const A_BRAND = 50;
const A_QUARTER = [0, 1, 2, 3] as const;
/** Snapshots made before their list is looked at, campaigns a board tells. */
const [A_LIST, A_BOARD] = [20, 40];
const isPlain = (text: string) => !/[\p{Cc}\u2028\u2029]/u.test(text);
const runs = (length: number): string[][] =>
  Array.from({ length: Math.ceil(HOSTILE.length / length) }, (_, i) =>
    HOSTILE.slice(i * length, (i + 1) * length),
  );

/** Every place that shows what somebody wrote, by name. */
export const SURFACES: Readonly<Record<string, Surface>> = {
  async desk({ app, page, watch, ...hall }) {
    await page.goto(`${app.url}/b/maison`);
    await page.waitForSelector('[data-freshness="live"]');
    for (const [i, strings] of runs(6).entries()) {
      await act({ app, page, watch, ...hall }, 'maison', `round-${i}`, strings);
      await showing(page, strings, () => textOf(page));
      await watch.seen(page, 'desk', strings);
      await app.call('POST', '/brands/maison/fans/withdraw', { network: 'facebook', fan: `round-${i}` });
    }
  },

  async organisations({ page, watch, make, organisations }) {
    await watch.look(page, 'home', '/', HOSTILE);
    for (const [i, id] of organisations.entries()) {
      await watch.look(page, 'organisation', `/team?organisation=${id}`, [HOSTILE[i]!]);
      const email = `guest-${i}@h.example`;
      const made = await make<{ link: string }>('POST', `/invitations?organisation=${id}`, {
        email,
        role: 'analyst',
      });
      await watch.look(page, 'invitation', new URL(made.link).pathname, [HOSTILE[i]!]);
    }
  },

  async people({ page, watch }) {
    await watch.look(page, 'team', '/team', HOSTILE);
    await watch.look(page, 'displays', '/displays', HOSTILE);
    await watch.look(page, 'tokens', '/tokens', HOSTILE);
  },

  async brands({ app, page, watch, each }) {
    const named = await each('brands', (name, i) =>
      app.call('POST', '/brands', { slug: `h-${i}`, name, contact: name, locale: 'fr' }),
    );
    await watch.look(page, 'all brands', '/brands', named);
    await watch.look(page, 'home by name', '/', named);
    await watch.look(page, 'scopes of a token', '/tokens', named);
    for (const name of named) {
      const i = HOSTILE.indexOf(name);
      await watch.look(page, 'trust', `/trust/h-${i}`, [name]);
      await watch.look(page, 'desk of a brand', `/en/b/h-${i}`, [name]);
      await watch.look(page, 'door of fans', `/fan/h-${i}`, [name]);
      await watch.look(page, 'settings', `/brands/h-${i}`, [name]);
      await watch.look(page, 'search', `/?q=${encodeURIComponent(name)}`, [name]);
    }
  },

  async snapshots({ app, page, watch, make, each }) {
    let fresh: string[] = [];
    await each('titles', async (title) => {
      const about = { window: '1h', title, audience: 'public' };
      const answer = await app.call('POST', '/brands/maison/snapshots', about);
      if (answer.status !== 201) return answer;
      const { id } = answer.body as { id: string };
      const { url } = await make<{ url: string }>('POST', '/brands/maison/shares', { snapshot: id });
      await watch.look(page, 'snapshot', `/b/maison/snapshots/${id}`, [title]);
      await watch.look(page, 'print', `/print/${id}`, [title]);
      await watch.look(page, 'export', `/b/maison/export?snapshot=${id}`, [title]);
      await watch.look(page, 'share', new URL(url).pathname, []);
      fresh.push(title);
      if (fresh.length === A_LIST) {
        await watch.look(page, 'snapshots', '/b/maison/snapshots', fresh);
        await watch.look(page, 'shares', '/b/maison/shares', fresh);
        fresh = [];
      }
      return answer;
    });
  },

  async campaigns(hall) {
    const { app, page, watch, make } = hall;
    for (const [i, strings] of runs(A_BOARD).entries()) {
      const brand = await app.makeBrand(`campaigns-${i}`);
      const kept = strings.filter((one) => one !== '__proto__');
      await act(hall, brand, 'talker', strings);
      const about = { window: '1h', title: 'all', audience: 'team' };
      const { id } = await make<{ id: string }>('POST', `/brands/${brand}/snapshots`, about);
      await watch.look(page, 'campaigns in print', `/print/${id}`, kept);
      await watch.look(page, 'campaigns of a snapshot', `/b/${brand}/snapshots/${id}`, []);
      await watch.look(page, 'preview of a file', `/b/${brand}/export?snapshot=${id}`, []);
      await page.waitForSelector('[data-preview] tbody tr');
      await watch.seen(page, 'preview of a file', []);
      const headers = { authorization: `Bearer ${await tokenOf(hall)}` };
      const csv = await (await fetch(`${app.url}/api/v1/snapshots/${id}.csv`, { headers })).text();
      for (const one of kept)
        if (isPlain(one) && !csv.includes(one.replaceAll('"', '""')))
          watch.alarms.push(`the CSV does not have ${JSON.stringify(one)}`);
      const cells: string[][] = parse(csv);
      for (const cell of cells.flat())
        if (/^\s*[=@+\-\t\uFF1D]/.test(cell) && !/^\s*[+-]?[\d.,\s]+$/.test(cell))
          watch.alarms.push(`a formula in the CSV: ${cell}`);
    }
  },

  async alerts({ app, page, watch, each }) {
    for (const i of A_QUARTER) await app.makeBrand(`alerts-${i}`);
    const taken = await each('alerts', (name, i) => {
      const draft = { name, measure: 'consenting@1', window: '1h', side: 'below', fire: 1, clear: 5 };
      return app.call('POST', `/brands/alerts-${Math.floor(i / A_BRAND)}/alerts`, draft);
    });
    for (const i of A_QUARTER) {
      const strings = taken.filter((one) => Math.floor(HOSTILE.indexOf(one) / A_BRAND) === i);
      const brand = `alerts-${i}`;
      await watch.look(page, 'alerts', `/b/${brand}/alerts`, strings);
      await page.goto(`${app.url}/b/${brand}`);
      await page.waitForSelector('.alerts [data-alert]', { timeout: 40_000 });
      await showing(page, strings, () => textOf(page));
      await watch.seen(page, 'alerts on the desk', strings);
    }
  },

  async annotations({ app, page, watch, each }) {
    await app.makeBrand('marked');
    const taken = await each('marks', (text, i) =>
      app.call('PUT', `/brands/marked/annotations/hostile-${i}`, {
        at: new Date(Date.now() - i * 15_000).toISOString(),
        text,
      }),
    );
    await page.goto(`${app.url}/b/marked`);
    await page.waitForSelector('[data-freshness="live"]');
    await page.keyboard.press('a');
    await page.waitForSelector('dialog[open]');
    await watch.seen(page, 'marks', taken);
  },

  async sources({ app, page, watch, each }) {
    for (const i of A_QUARTER) await app.makeBrand(`sources-${i}`);
    const taken = await each('sources', async (name, i) => {
      const brand = `sources-${Math.floor(i / A_BRAND)}`;
      const answer = await app.call('POST', `/brands/${brand}/sources`, { connector: 'webhook', name });
      if (answer.status === 201)
        await watch.look(page, 'source', `/b/${brand}/sources/${(answer.body as { id: number }).id}`, [name]);
      return answer;
    });
    for (const i of A_QUARTER) {
      const strings = taken.filter((one) => Math.floor(HOSTILE.indexOf(one) / A_BRAND) === i);
      await watch.look(page, 'sources', `/b/sources-${i}/sources`, strings);
    }
  },

  async fans(hall) {
    const { app, page, watch, make } = hall;
    await app.makeBrand('rights');
    await act(hall, 'rights', 'talker', HOSTILE);
    const known = { kind: 'access', channel: 'mail', network: 'facebook', fan: 'talker' };
    for (const note of HOSTILE) await make('POST', '/brands/rights/rights', { ...known, note });
    await watch.look(page, 'rights', '/b/rights/rights', HOSTILE);
    await hall.each('notices', async (text, i) => {
      const notice = { title: text, body: `Texte\n\n${HOSTILE.at(-1 - i)!}` };
      const answer = await app.call('PUT', '/brands/rights/notices/v1/fr', notice);
      if (answer.status < 300) await watch.look(page, 'notices', '/b/rights/notices', [text]);
      return answer;
    });
    const all = { title: HOSTILE[11]!, body: HOSTILE.join('\n\n') };
    for (const locale of ['fr', 'en']) await make('PUT', `/brands/rights/notices/v1/${locale}`, all);
    await make('POST', '/brands/rights/notices/v1/publish', { newMeaning: false });
    await watch.look(page, 'notice of trust', '/trust/rights', HOSTILE);
    await page.goto(`${app.url}/fan/rights?link=${await invite(app, 'rights', 'talker')}`);
    await page.locator('form[action="?/open"] button').click();
    await page.waitForSelector('[data-purpose="measure"]');
    await watch.look(page, 'what is held of a fan', '/fan/rights/held', HOSTILE);
  },

  async walls({ app, browser, page, watch, each }) {
    await app.makeBrand('seen');
    const { cookie } = await pair(app, ['seen'], HOSTILE[4]);
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    const television = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    await television.addCookies([{ name, value, url: app.url }]);
    const wall = await television.newPage();
    await wall.addInitScript('globalThis.alarms ??= []');
    await each('walls', async (text) => {
      const answer = await app.call('PATCH', '/brands/seen', { name: text });
      if (answer.status >= 300) return answer;
      await watch.look(wall, 'wall', '/wall', [text]);
      await watch.look(wall, 'lite wall', '/wall/lite', [text]);
      return answer;
    });
    await television.close();
    // What a television calls itself is read by who lets it in.
    for (const agent of HOSTILE.filter((one) => /^[\x20-\x7e]+$/.test(one))) {
      const { user_code: code } = await beginPairing(app, { 'user-agent': agent });
      await watch.look(page, 'a television that waits', `/displays/approve?code=${code}`, []);
    }
  },

  async addresses({ page, watch }) {
    for (const path of ADDRESSES)
      for (const one of HOSTILE) await watch.look(page, path, path + encodeURIComponent(one), []);
  },
};

const ADDRESSES = [
  '/sign-in?next=',
  '/b/',
  '/en/trust/',
  '/displays/approve?code=',
  '/audit?action=',
  '/team?remove=',
  '/fan/maison?link=',
  '/wall/',
  '/b/maison?window=',
  '/invitation/',
  '/s/',
  '/password/',
  '/deletion/',
  '/brands?deleted=',
];

async function tokenOf({ make }: Hall): Promise<string> {
  return (await make<{ token: string }>('POST', '/tokens', { name: 'files', scopes: ['admin'] })).token;
}
