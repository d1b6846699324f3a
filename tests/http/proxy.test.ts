import { afterEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp, type TestOptions } from '../support/app.ts';
import { FanVisit, invite, visitAs } from '../support/fan-visit.ts';

/** Openings one caller may try in a minute. */
const MOST = 10;
const NOW = Date.parse('2026-11-20T10:00:00Z');

let app: TestApp;
afterEach(() => app.close());

async function start(options: TestOptions): Promise<void> {
  app = await startApp({ clock: () => NOW, ...options });
  await app.makeBrand('maison');
}

/** Try a bad link once per address, as an `X-Forwarded-For` that says so. */
async function tryAs(addresses: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const address of addresses) {
    const visit = new FanVisit(app, { 'x-forwarded-for': address });
    statuses.push((await visit.call('POST', '/fan/maison/session', { link: 'bad' })).status);
  }
  return statuses;
}

const refused = (times: number) => Array<number>(times).fill(403);
const many = Array.from({ length: MOST + 2 }, (_, i) => `198.51.100.${i}`);

describe('who asks', () => {
  it('is who connects: a forged X-Forwarded-For gives nobody a new allowance', async () => {
    await start({});
    expect(await tryAs(many)).toEqual([...refused(MOST), 429, 429]);
  });

  it('is who connects, too, when other proxies are trusted than this one', async () => {
    await start({ trustProxy: '10.0.0.0/8' });
    expect(await tryAs(many)).toEqual([...refused(MOST), 429, 429]);
  });

  it('is whom a trusted proxy names', async () => {
    await start({ trustProxy: 'loopback' });
    expect(await tryAs(many)).toEqual(refused(many.length));
    expect(await tryAs(Array<string>(MOST).fill('203.0.113.9'))).toEqual(refused(MOST));
    expect(await tryAs(['203.0.113.9', '203.0.113.10'])).toEqual([429, 403]);
  });

  it('is whom the last proxy names, not what came to it already written', async () => {
    await start({ trustProxy: 'loopback' });
    const written = many.map((forged) => `${forged}, 203.0.113.9`);
    expect(await tryAs(written)).toEqual([...refused(MOST), 429, 429]);
  });

  it('is a household of IPv6, not one of its addresses', async () => {
    await start({ trustProxy: 'loopback' });
    const household = Array.from({ length: MOST + 1 }, (_, i) => `2001:db8:1:2::${i + 1}`);
    expect(await tryAs(household)).toEqual([...refused(MOST), 429]);
    expect(await tryAs(['2001:db8:1:3::1'])).toEqual([403]);
  });
});

describe('cookies', () => {
  it.each([
    ['https://fanfare.example', true],
    ['http://fanfare.example', false],
  ])('of an installation at %s: Secure is %s', async (publicUrl, secure) => {
    await start({ publicUrl });
    const link = await invite(app, 'maison', '1');
    const opened = await new FanVisit(app).call('POST', '/fan/maison/session', { link });
    expect(opened.headers.get('set-cookie')?.includes('; Secure')).toBe(secure);
    expect((await (await visitAs(app, 'maison', '2')).call('GET', '/fan/maison/state')).status).toBe(200);
  });
});
