import { withApp } from '../support/drill-app.ts';
import { SETTLE_MS, forceDrops } from '../support/drops.ts';
import { TRANSPORTS } from '../support/live-client.ts';
import { randomFrom } from '../support/random.ts';

/** Viewers whose lines are cut 500 times on each transport under constant publishing. `pnpm drill drops [SEED]` */
const CLIENTS = 50;
const DROPS_EACH = 10;
const EVERY_MS = 25;

const seed = Number(process.argv[2] ?? 1);
await withApp(async (app) => {
  for (const transport of TRANSPORTS) {
    const random = randomFrom(seed);
    const began = performance.now();
    const size = { clients: CLIENTS, dropsEach: DROPS_EACH, every: EVERY_MS };
    const r = await forceDrops(app, { transport, ...size, random });
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    const inTime = r.settledMs !== null && r.settledMs <= SETTLE_MS;
    const good = inTime && r.equal === CLIENTS && r.gaps === 0 && r.repeats === 0;
    const settled = r.settledMs === null ? 'never' : `${Math.round(r.settledMs)} ms after the last drop`;
    console.log(
      `${good ? 'held' : 'FAILED'}: ${transport} (websocket), seed ${seed}: ${r.drops} drops of ${CLIENTS} viewers in ` +
        `${seconds} s, ${r.frames} frames published, ${r.backlogs} × missed frames, ${r.boards} × board, ` +
        `${r.deltas} deltas folded, ${r.gaps} gaps, ${r.repeats} repeats; ` +
        `${r.equal}/${CLIENTS} boards equal ${settled} (limit ${SETTLE_MS} ms)`,
    );
    if (!good) process.exitCode = 1;
  }
});
