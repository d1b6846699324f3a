import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { fakeInternet, type FakeInternet } from '../support/fake-internet.ts';
import { fuzz } from '../support/fuzz-door.ts';
import { families } from '../support/fuzz.ts';
import { tricks } from '../support/fuzz-tricks.ts';
import { fillWallet, type Wallet } from '../support/fuzz-wallet.ts';
import { witness } from '../support/fuzz-witness.ts';
import { contenders } from '../support/proof-contenders.ts';
import { randomFrom } from '../support/random.ts';

/** Requests in all; `pnpm drill fuzz` sends 10,000 to each family. */
const ALL = 900;
const SEED = 20_261_122;

let app: TestApp;
let internet: FakeInternet;
let brand: string;
let wallet: Wallet;
beforeAll(async () => {
  internet = await fakeInternet();
  const proofs = contenders(internet, 'http://localhost:3000', Date.now).map(({ proof }) => proof);
  app = await startApp({ trustProxy: 'loopback', pages: true, proofs });
  brand = await app.makeBrand('fuzzed');
  wallet = await fillWallet(app, brand);
});
afterAll(async () => {
  await app.close();
  await internet.close();
});

it(`no request of the grammar, bent or not, is answered by a fault of ours (seed ${SEED})`, async () => {
  const beside = await witness(app, await app.makeBrand('healthy'));
  const { sent, bad, statuses } = await fuzz(app, brand, wallet, Math.ceil(ALL / families().size), SEED);
  expect(bad).toEqual([]);
  expect(sent).toBeGreaterThan(ALL / 2);
  // Some are good ones, else nothing behind the door was asked.
  const good = [200, 201, 202, 204].reduce((sum, status) => sum + (statuses.get(status) ?? 0), 0);
  expect(good).toBeGreaterThan(sent / 20);
  const { gaps, frames } = await beside.end();
  expect(gaps).toBe(0);
  expect(frames).toBeGreaterThan(2);
});

it('no line that somebody wrote by hand is answered by a fault of ours, or hangs', async () => {
  const { bad, statuses } = await tricks(app, brand, 300, randomFrom(SEED));
  expect(bad).toEqual([]);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(5);
  expect(statuses.get(200) ?? 0).toBeGreaterThan(0);
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
});
