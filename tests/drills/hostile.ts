import { createPool, migrate } from '@fanfare/db';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { HOSTILE } from '../support/hostile-strings.ts';
import { enter, fill } from './support/hostile/hall.ts';
import { SURFACES } from './support/hostile/surfaces.ts';

/**
 * Two hundred hostile strings through every place that shows what somebody wrote: nothing runs, nothing
 * is refused by the policy of a page, all is text. `pnpm drill hostile [SURFACE…]`
 */
const only = process.argv.slice(2);
let organisations: readonly number[] = [];

await withApp(
  async (app) => {
    const browser = await launchBrowser();
    try {
      await app.makeBrand('maison');
      const hall = await enter(app, browser, organisations);
      let alarms = 0;
      for (const [name, surface] of Object.entries(SURFACES)) {
        if (only.length > 0 && !only.includes(name)) continue;
        const began = performance.now();
        await surface(hall);
        const heard = hall.watch.alarms.splice(0);
        alarms += heard.length;
        for (const line of heard.slice(0, 20)) console.log(`  ${line}`);
        console.log(`${name}: ${heard.length} alarms, ${((performance.now() - began) / 1_000).toFixed(0)} s`);
      }
      console.log(`of ${HOSTILE.length} strings each place was asked for: ${hall.watch.told()}`);
      if (alarms > 0) throw new Error(`${alarms} alarms`);
      console.log('held');
    } finally {
      await browser.close();
    }
  },
  { pages: true, k: 1, trustProxy: 'loopback', alerts: { everyMs: 500 } },
  async (url) => {
    const sql = createPool(url, { max: 1, tenants: 'every' });
    await migrate(sql);
    organisations = await fill(sql);
    await sql.end({ timeout: 5 });
    return url;
  },
);
