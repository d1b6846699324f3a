import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { ENDINGS, Revocations } from '../support/revoke.ts';

/** The same, twenty times each: `pnpm drill revoke`. */
const MOST_MS = 5_000;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ trustProxy: 'loopback' });
});
afterAll(() => app.close());

it('a right that is taken away ends the frames within five seconds, for good, on both transports', async () => {
  const found = await (await Revocations.prepare(app)).run(1, 500, 1_500);
  expect(found).toHaveLength(2 * ENDINGS.length);
  for (const { ending, transport, lastFrame, closed, code, before, after } of found) {
    const name = `${ending} over ${transport}`;
    expect(before, name).toBeGreaterThan(0);
    expect(lastFrame, name).toBeLessThanOrEqual(MOST_MS);
    expect(closed, name).toBeLessThanOrEqual(MOST_MS);
    expect(code, name).toBe(ending === 'role' ? 4403 : 4401);
    expect(after, name).toBe(0);
  }
});
