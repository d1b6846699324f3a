import { withApp } from '../support/drill-app.ts';
import { fakeInternet } from '../support/fake-internet.ts';
import { fuzz } from '../support/fuzz-door.ts';
import { families } from '../support/fuzz.ts';
import { tricks } from '../support/fuzz-tricks.ts';
import { fillWallet } from '../support/fuzz-wallet.ts';
import { witness } from '../support/fuzz-witness.ts';
import { bombard } from '../support/hostile.ts';
import { TRANSPORTS } from '../support/live-client.ts';
import { contenders } from '../support/proof-contenders.ts';
import { randomFrom } from '../support/random.ts';

/**
 * Random requests made from the description of the API, 10,000 to each family of routes, as many
 * written by hand, and as many frames on each transport, beside healthy clients.
 * `pnpm drill fuzz [SEED] [EACH] [FAMILY…]`; `tricks` and `frames` are families too.
 */
const [seed, each] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 10_000)];
const only = process.argv.slice(4);
const isAsked = (name: string) => only.length === 0 || only.includes(name);
/** A healthy client is never left longer without a frame or an answer, milliseconds. */
const PATIENCE = 2_000;

// Networks that fans prove their account at: none of the real ones is asked.
const internet = await fakeInternet();
const proofs = contenders(internet, 'http://localhost:3000', Date.now).map(({ proof }) => proof);

await withApp(
  async (app) => {
    await app.app.warm();
    const brand = await app.makeBrand('fuzzed');
    const wallet = await fillWallet(app, brand);
    const beside = await witness(app, await app.makeBrand('healthy'));
    let faults = 0;
    const told = (name: string, count: number, statuses: ReadonlyMap<number | string, number>) =>
      console.log(
        `${name}: ${count}; ${[...statuses].map(([status, times]) => `${status}: ${times}`).join(', ')}`,
      );
    const show = (bad: readonly { shot: string; status: number | string }[]) => {
      faults += bad.length;
      for (const { shot, status } of bad.slice(0, 10)) console.log(`  ${status}  ${shot}`);
    };
    for (const name of [...families().keys()].filter(isAsked)) {
      const { sent, bad, statuses } = await fuzz(app, brand, wallet, each, seed, [name]);
      told(name, sent, statuses);
      show(bad);
    }
    if (isAsked('tricks')) {
      const { bad, statuses } = await tricks(app, brand, each, randomFrom(seed));
      told('written by hand', each, statuses);
      show(bad);
    }
    for (const transport of isAsked('frames') ? TRANSPORTS : []) {
      const lines = await bombard(transport, app.url, brand, each, seed);
      console.log(`${transport}: ${each} frames, ${lines} connections`);
    }
    const { frames, gaps, longestSilence, longestAnswer } = await beside.end();
    const [silence, answer] = [Math.round(longestSilence), Math.round(longestAnswer)];
    console.log(
      `seed ${seed}; healthy clients: ${frames} frames, ${gaps} gaps, longest silence ${silence} ms, longest answer ${answer} ms`,
    );
    if (faults > 0 || gaps > 0 || silence > PATIENCE || answer > PATIENCE)
      throw new Error(`${faults} requests were answered as they may not be, or a healthy client felt it`);
    console.log('held: no fault of ours, no hang, and the healthy clients went on');
  },
  { trustProxy: 'loopback', pages: true, proofs },
).finally(() => internet.close());
