import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';

/** Openings one caller may try in a minute. */
const MOST = 10;
const NOW = Date.parse('2026-11-20T10:00:00Z');

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock: () => NOW, trustProxy: 'loopback', pages: true });
  await app.makeBrand('maison');
});
afterAll(() => app.close());

describe('who asks, behind a trusted proxy', () => {
  it('is the same for the pages as for the API', async () => {
    const post = async (address: string) => {
      const answer = await fetch(`${app.url}/fan/maison?/open`, {
        method: 'POST',
        headers: {
          origin: app.url,
          accept: 'text/html',
          'x-forwarded-for': address,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'link=bad',
      });
      return /data-reason="([a-z_]+)"/.exec(await answer.text())?.[1];
    };
    for (let i = 0; i < MOST; i++) expect(await post('203.0.113.9')).toBe('link_refused');
    expect(await post('203.0.113.9')).toBe('too_many_requests');
    expect(await post('203.0.113.10')).toBe('link_refused');
  });
});
