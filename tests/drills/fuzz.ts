import { withApp } from '../support/drill-app.ts';
import { Fans } from '../support/fans.ts';
import { fuzz } from '../support/fuzz-door.ts';
import { families } from '../support/fuzz.ts';
import { connect, isChange } from '../support/live-client.ts';

/**
 * Random requests made from the description of the API, 10 000 to each family of routes, beside a healthy
 * client. `pnpm drill fuzz [SEED] [EACH]`; random frames are `pnpm drill frames`.
 */
const seed = Number(process.argv[2] ?? 1);
const each = Number(process.argv[3] ?? 10_000);
await withApp(async (app) => {
  const brand = await app.makeBrand('fuzzed');
  const healthy = await app.makeBrand('healthy');
  const fans = new Fans(app, healthy);
  await fans.consent(5);
  const bystander = await connect('raw', app.url);
  bystander.watch(healthy, '1h');
  await bystander.next(isChange);
  const { sent, bad, statuses } = await fuzz(app, brand, each, seed);
  await fans.act(1, 5);
  await bystander.next(isChange);
  bystander.close();
  const seen = [...statuses].map(([status, count]) => `${status}: ${count}`).join(', ');
  console.log(`${families().size} families, seed ${seed}: ${sent} requests; ${seen}`);
  if (bad.length === 0) return console.log('held: no fault of ours, no hang, and the healthy client went on');
  for (const { shot, status } of bad.slice(0, 20)) console.log(`${status}  ${shot}`);
  throw new Error(`${bad.length} requests were answered as they may not be`);
});
