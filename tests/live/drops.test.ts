import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { forceDrops } from '../support/drops.ts';
import { TRANSPORTS } from '../support/live-client.ts';
import { randomFrom } from '../support/random.ts';

describe('drops', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each(TRANSPORTS)(
    'every board of %s equals the server’s after 20 forced drops; how soon, `pnpm drill drops` says',
    async (transport) => {
      const random = randomFrom(7);
      const report = await forceDrops(app, { transport, clients: 5, dropsEach: 4, every: 80, random });
      expect(report).toMatchObject({ drops: 20, equal: 5, gaps: 0, repeats: 0 });
      expect(report.backlogs).toBeGreaterThan(0);
    },
  );
});
