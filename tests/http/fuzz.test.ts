import { expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { families } from '../support/fuzz.ts';
import { fuzz } from '../support/fuzz-door.ts';

/** Requests in all; `pnpm drill fuzz` sends 10 000 to each family. */
const ALL = 600;

it('no request that the grammar of the API can make, bent or not, is answered with a fault of ours', async () => {
  const app = await startApp();
  try {
    const brand = await app.makeBrand();
    const each = Math.floor(ALL / families().size);
    const { sent, bad, statuses } = await fuzz(app, brand, each, 1);
    expect(bad, `seed 1, ${[...statuses].join(' ')}`).toEqual([]);
    expect(sent).toBeGreaterThan(ALL / 2);
    // Some are good ones, else nothing behind the door was asked.
    expect((statuses.get(200) ?? 0) + (statuses.get(201) ?? 0) + (statuses.get(204) ?? 0)).toBeGreaterThan(
      sent / 20,
    );
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  } finally {
    await app.close();
  }
});
