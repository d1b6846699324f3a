import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool, type Sql } from '@fanfare/db';
import { createLabeller } from '@fanfare/server/labeller/create.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { consentFans, makeBrand } from '../bench/support/api.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { seeded, table } from '../bench/support/numbers.ts';
import { freePort } from '../bench/support/port.ts';
import { embeddedDatabase, startServer } from '../bench/support/server-process.ts';
import { eventJson } from '../bench/support/traffic.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { boardFaults, heldByClient, heldByLedger } from './support/check-boards.ts';
import { RetryingClient, type SentEvent } from './support/crash-client.ts';

const SERVER_KILLS = Number(process.argv[2] ?? 20);
const DATABASE_KILLS = Number(process.argv[3] ?? 5);
const BRAND = 'drill';
/** Few objects, so that the list of the top ones is the list of all. */
const MIX = { fans: 400, strangers: 0, objects: 8, spanMs: 120_000 };
const READY_MS = 5_000;
const SERVING_MS = 10_000;

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(
  `${machineFacts()}\nseed ${seed} (SEED repeats the moments of the kills as far as time allows)\n`,
);
const random = seeded(seed);
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
const options = { dataDir, port: await freePort(), suppressionK: 1 };
let server = await startServer(options);
const client = new RetryingClient({
  url: server.url,
  brand: BRAND,
  makeEvent: (n) => JSON.parse(eventJson(`event-${n}`, MIX, Date.now(), random)) as SentEvent,
  singles: 6,
  streams: 2,
  linesPerStream: 60,
  pauseMs: 25,
});

try {
  await makeBrand(server.url, BRAND);
  await consentFans(server.url, BRAND, 1, MIX.fans);
  client.start();
  const rows: (string | number)[][] = [
    ['kill -9 of', 'under load ms', 'ready or back ms', 'CPU ms', 'served again ms', 'acknowledged'],
  ];
  try {
    for (let i = 1; i <= SERVER_KILLS; i++) rows.push([`server ${i}`, ...(await killServer())]);
    for (let i = 1; i <= DATABASE_KILLS; i++) rows.push([`PostgreSQL ${i}`, ...(await killDatabase())]);
  } finally {
    console.log(`${table(rows)}\n`);
  }
  await client.finish();
  await check(rows.slice(1, SERVER_KILLS + 1), rows.slice(SERVER_KILLS + 1));
} finally {
  await client.finish().catch(() => undefined);
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

async function killServer(): Promise<number[]> {
  const load = 300 + Math.floor(random() * 1_200);
  await sleep(load);
  await server.kill();
  const killed = performance.now();
  client.servedAt = 0;
  server = await startServer(options);
  await until(() => client.servedAt > 0, SERVING_MS);
  return [
    load,
    Math.round(server.readyMs),
    Math.round(server.readyCpu * 1_000),
    Math.round(client.servedAt - killed),
    client.acknowledged.size,
  ];
}

async function killDatabase(): Promise<(string | number)[]> {
  const load = 300 + Math.floor(random() * 1_200);
  await sleep(load);
  const before = await embeddedDatabase(dataDir);
  process.kill(before.pid, 'SIGKILL');
  const killed = performance.now();
  await untilAnswers(before.url);
  const back = performance.now();
  client.servedAt = 0;
  await until(() => client.servedAt > back, SERVING_MS * 2);
  return [load, Math.round(back - killed), '', Math.round(client.servedAt - back), client.acknowledged.size];
}

/** Wait until PostgreSQL takes a new connection. */
async function untilAnswers(url: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const sql = createPool(url, { max: 1, statementTimeoutMs: 1_000 });
    const answered = await sql`select 1`.then(
      () => true,
      () => false,
    );
    await sql.end({ timeout: 1 });
    if (answered) return;
    await sleep(20);
  }
  throw new Error('PostgreSQL did not come back within a minute');
}

async function until(done: () => boolean, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!done() && performance.now() < deadline) await sleep(10);
}

async function check(servers: (string | number)[][], databases: (string | number)[][]): Promise<void> {
  const slowest = (rows: (string | number)[][], column: number) =>
    Math.max(...rows.map((row) => Number(row[column])));
  verdicts.say(
    slowest(servers, 2) <= READY_MS,
    `ready after a kill within ${slowest(servers, 2)} ms (at most ${READY_MS})`,
  );
  if (databases.length > 0) {
    const slow = slowest(databases, 4);
    verdicts.say(!server.exited(), 'the server outlived every kill of PostgreSQL');
    verdicts.say(
      slow <= SERVING_MS,
      `serving within ${slow} ms after PostgreSQL was back (at most ${SERVING_MS})`,
    );
  }
  verdicts.say(client.odd.length === 0, `no answer but 200 and 503 ${client.odd.slice(0, 3).join(' ')}`);
  const sql = createPool((await embeddedDatabase(dataDir)).url, { max: 2, tenants: 'every' });
  try {
    await compare(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function compare(sql: Sql): Promise<void> {
  const held = await heldByLedger(sql);
  const ids = new Set(held.map(({ id }) => id));
  const lost = [...client.acknowledged.keys()].filter((id) => !ids.has(id)).length;
  const all = client.acknowledged.size;
  console.log(
    `${all} events acknowledged, ${client.retries} requests sent again, ${client.counted} told as counted`,
  );
  verdicts.say(lost === 0, `${lost} acknowledged events lost`);
  verdicts.say(held.length === all, `${held.length - all} counted twice in the ledger`);
  const [sums] = await sql<{ n: number }[]>`select sum(engagements)::int as n from rollup`;
  verdicts.say(sums?.n === all, `the rollups sum up to ${sums?.n ?? 0} engagements`);
  const [brand] = await sql<{ organisation: number; id: number }[]>`
    select organisation_id as organisation, id from brand where slug = ${BRAND}`;
  const { differing } = await recountBrand(sql, brand!, BRAND);
  verdicts.say(differing === 0, `${differing} differences found by the recount`);
  const labeller = await createLabeller({});
  // Every second fan consents to be credited.
  const isCredited = (owner: string) => Number(owner.slice('fan-'.length)) % 2 === 0;
  const own = await heldByClient([...client.acknowledged.values()], labeller, isCredited);
  for (const [name, list] of [
    ['ledger', held],
    ["client's own list", own],
  ] as const) {
    const faults = await boardFaults(server.url, BRAND, list);
    verdicts.say(
      faults.length === 0,
      `all five boards equal a recomputation from the ${name} ${faults.join('; ')}`,
    );
  }
}
