import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WINDOWS, type Board } from '@fanfare/contract';
import { createPool } from '@fanfare/db';
import { call, makeBrand } from './support/api.ts';
import { fillEvents, fillFans } from './support/fill.ts';
import { machineFacts, residentMemory } from './support/machine.ts';
import { grouped } from './support/numbers.ts';
import { freePort } from './support/port.ts';
import { embeddedDatabase, startServer } from './support/server-process.ts';
import { Verdicts } from './support/verdicts.ts';

const [FANS, EVENTS, BRANDS, EACH] = [1_000_000, 2_000_000, 1_000, 100];
const MOST_MIB = 1_024;

console.log(machineFacts());
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-memory-'));
const options = { dataDir, port: await freePort(), patienceMs: 300_000 };
let server = await startServer(options);
try {
  console.log(`empty: ${mib(residentMemory(server.pid).now)}`);
  await makeBrand(server.url, 'large');
  for (let i = 1; i <= BRANDS; i++) await makeBrand(server.url, `small-${i}`);
  console.log(`with ${grouped(BRANDS + 1)} brands: ${mib(residentMemory(server.pid).now)}`);
  const { url } = await embeddedDatabase(dataDir);
  const sql = createPool(url, { max: 1, statementTimeoutMs: 0, tenants: 'every' });
  const started = performance.now();
  const now = Date.now();
  const [large] = await sql<{ id: number }[]>`select id from brand where slug = 'large'`;
  await fillFans(sql, `id = ${large!.id}`, FANS, now);
  await fillFans(sql, `id <> ${large!.id}`, EACH, now);
  await fillEvents(sql, large!.id, EVENTS, FANS, now);
  await sql.end({ timeout: 5 });
  console.log(
    `${grouped(FANS)} fans of one brand, ${EACH} of each of ${grouped(BRANDS)}, ${grouped(EVENTS)} events of the last ` +
      `24 h, written in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  for (const which of ['first', 'second']) {
    await server.stop();
    server = await startServer(options);
    // What loading left behind is given back a moment after.
    await sleep(5_000);
    const { now: resident, peak } = residentMemory(server.pid);
    console.log(
      `${which} start over it all: ready in ${(server.readyMs / 1000).toFixed(1)} s (${server.readyCpu.toFixed(1)} s of CPU), ` +
        `resident ${mib(resident)}, at its highest ${mib(peak)}`,
    );
    verdicts.say(resident <= MOST_MIB, `resident memory after the start: ${mib(resident)} (at most 1 GiB)`);
    if (peak > MOST_MIB) console.log(`      above it while loading: ${mib(peak)}`);
  }
  let board: Board | null = null;
  for (const window of WINDOWS) {
    board = await call<Board>(server.url, 'GET', `/brands/large/board?window=${window}`);
  }
  verdicts.say(board?.measures['consenting@1']?.value === FANS, 'every fan is known to consent');
  verdicts.say(board?.measures['engagements@1']?.value === EVENTS, 'every event is counted');
  const { now: resident } = residentMemory(server.pid);
  verdicts.say(
    resident <= MOST_MIB,
    `resident memory with every board read: ${mib(resident)} (at most 1 GiB)`,
  );
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

function mib(value: number): string {
  return `${Math.round(value)} MiB`;
}
