import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage } from '@fanfare/contract';
import { browser as person, setUp } from '../accounts/person.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { ATTACKS } from './cross-site-attacks.ts';

interface Outcome {
  readonly opened: boolean;
  readonly heard: readonly string[];
}
interface Found {
  readonly sockets: Readonly<Record<'raw' | 'socketio', Outcome>>;
  readonly reads: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
  readonly loads: Readonly<Record<string, string>>;
}

let app: TestApp;
let browser: Browser;
let site: Server;
let owner: Awaited<ReturnType<typeof setUp>>;
beforeAll(async () => {
  site = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Evil</title>'),
  );
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
  await once(site.listen(0, '127.0.0.1'), 'listening');
  owner = await setUp(app);
  await app.makeBrand('maison');
});
afterAll(async () => {
  site.close();
  await browser.close();
  await app.close();
});

/** A page at an address, in the browser of somebody who is signed in as owner and as the installation. */
async function open(address: string): Promise<Page> {
  const context = await browser.newContext();
  const cookies = [...owner.jar, [app.app.access.cookie, app.app.access.begin()] as const];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: app.url })));
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const attack = (page: Page): Promise<Found> =>
  page.evaluate<Found>(`(${ATTACKS})(${JSON.stringify(app.url)})`);

/** All that an attack could have changed. */
async function state(): Promise<object> {
  const [brands, tokens, members, invitations, displays, audit] = await Promise.all(
    ['/brands', '/tokens', '/members', '/invitations', '/displays', '/audit'].map((path) =>
      app.call('GET', path),
    ),
  );
  const records = (audit!.body as AuditPage).records.length;
  return { brands, tokens, members, invitations, displays, records };
}

const evil = (host: string) => `http://${host}:${(site.address() as AddressInfo).port}/`;

describe.each([
  // Another port of the same host: the browser sends all our cookies.
  ['127.0.0.1', 'another origin of the same site'],
  ['localhost', 'another site'],
])('a page of %s, %s', (host) => {
  it('opens no socket, writes nothing and reads nothing, whoever is signed in', async () => {
    const before = await state();
    const page = await open(evil(host));
    const { sockets, reads, writes, loads } = await attack(page);
    expect(sockets.raw).toEqual({ opened: false, heard: [] });
    expect(sockets.socketio.heard.join()).not.toMatch(/watching|frame|40\{/);
    for (const [what, outcome] of Object.entries({ ...reads, ...loads }))
      expect([what, outcome]).toEqual([what, 'refused']);
    // What a form may send at all is answered, but nothing can be read of the answer, and nothing was done.
    for (const [what, outcome] of Object.entries(writes))
      expect([what, outcome]).toEqual([what, expect.stringMatching(/^(?:refused|opaque|sent)$/)]);
    for (const frame of page.frames().slice(1))
      expect(await frame.evaluate<string>('document.URL').catch(() => '')).not.toContain(app.url);
    expect(await state()).toEqual(before);
    const still = person(app);
    for (const [name, value] of owner.jar) still.jar.set(name, value);
    expect((await still.call('GET', '/api/v1/session')).body).toMatchObject({
      signedIn: true,
      kind: 'member',
    });
    await page.context().close();
  });
});

describe('the same attempts', () => {
  it('of a page of our own succeed: the attacks are real ones', async () => {
    const page = await open(`${app.url}/sign-in`);
    const { sockets, reads, writes } = await attack(page);
    expect(sockets.raw.opened).toBe(true);
    expect(sockets.raw.heard.join()).toContain('"watching"');
    expect(sockets.socketio.heard.join()).toContain('watching');
    expect(reads['GET /api/v1/brands']).toContain('maison');
    expect(writes['JSON with cookies']).toBe('201');
    expect((await app.call('GET', '/brands/evil-json')).status).toBe(200);
    await page.context().close();
  });
});
