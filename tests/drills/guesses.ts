import { ATTEMPTS_MS } from '@fanfare/server/http/accounts/attempts.ts';
import { browser, OWNER, setUp } from '../accounts/person.ts';
import { withApp } from '../support/drill-app.ts';
import { pair } from '../support/display.ts';
import { guess, hitsIn, shareUnder, targets } from '../support/guesses.ts';

/**
 * A crowd of addresses guesses at everything that can be guessed, on the real routes, 10,000 times
 * each; a quarter of an hour later somebody honest gets in. `pnpm drill guesses [COUNT]`
 */
const count = Number(process.argv[2] ?? 10_000);
const CROWD = 2_000;
/** Each costs a hash, whatever the address: as many as a crowd of one try each can make at once. */
const MOST_HASHES = 400;

let later = 0;
await withApp(
  async (app) => {
    await setUp(app);
    await app.makeBrand('maison');
    const passphrase = 'seven green apples';
    const link = await shareUnder(app, 'maison', passphrase);
    let wrong = 0;
    for (const target of targets(OWNER.email, 'maison', link)) {
      const tries = target.name.includes('many accounts') ? Math.min(count, MOST_HASHES) : count;
      const began = performance.now();
      const seen = await guess(app, target, tries, CROWD);
      const told = [...seen].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      console.log(`${target.name}: ${tries} guesses, ${hitsIn(seen)} hits; ${told.join(', ')}; ${seconds} s`);
      wrong +=
        hitsIn(seen) + [...seen].reduce((sum, [status, times]) => sum + (status >= 500 ? times : 0), 0);
    }
    const honest = browser(app, 'honest', { 'x-forwarded-for': '192.0.2.9' });
    const locked = (await honest.signIn(OWNER.email, OWNER.password)).status;
    later += ATTEMPTS_MS;
    const { status } = await honest.signIn(OWNER.email, OWNER.password);
    const { own } = await pair(app, ['maison']);
    const reader = browser(app, 'reader', { 'x-forwarded-for': '192.0.2.10' });
    const opened = (await reader.call('POST', `/api/v1/shared/${link}/passphrase`, { passphrase })).status;
    console.log(
      `somebody honest: ${locked} during, ${status} after 15 minutes; a television was let in to ${own.brands.join()}, a reader to a shared link: ${opened}`,
    );
    if (wrong > 0 || status !== 200 || opened !== 204) throw new Error('somebody got in, or nobody did');
    console.log('held');
  },
  { trustProxy: 'loopback', clock: () => Date.now() + later },
);
