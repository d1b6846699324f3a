import { withApp } from '../support/drill-app.ts';
import { Fans } from '../support/fans.ts';
import { bombard } from '../support/hostile.ts';
import { TRANSPORTS, connect, isChange } from '../support/live-client.ts';

/** Random frames on each transport; neither the process nor a bystander may notice. `pnpm drill frames [SEED]` */
const FRAMES = 10_000;

const seed = Number(process.argv[2] ?? 1);
await withApp(async (app) => {
  for (const transport of TRANSPORTS) {
    const brand = await app.makeBrand(`frames-${transport}`);
    const fans = new Fans(app, brand);
    await fans.consent(5);
    const bystander = await connect(transport, app.url);
    bystander.watch(brand, '1h');
    await bystander.next(isChange);
    const began = performance.now();
    const lines = await bombard(transport, app.url, brand, FRAMES, seed);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    await fans.act(1, 5);
    await bystander.next(isChange);
    bystander.close();
    console.log(
      `held: ${transport}, seed ${seed}: ${FRAMES} random frames, ${lines} connections, ${seconds} s`,
    );
  }
});
