import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool, type Sql } from '@fanfare/db';
import { consentFans, makeBrand } from './support/api.ts';
import { compareBoard } from './support/board-cost.ts';
import { ceiling, ndjson, rowByRow, singles, type Rate } from './support/contenders.ts';
import { cpuSeconds, familyCpuSeconds, machineFacts, pin } from './support/machine.ts';
import { Worker } from './support/messages.ts';
import { grouped, median, seeded, table } from './support/numbers.ts';
import { freePort } from './support/port.ts';
import { hottest, profileWhile, shareByRoom } from './support/rooms.ts';
import { embeddedDatabase, startServer } from './support/server-process.ts';
import type { Mix } from './support/traffic.ts';
import { Verdicts } from './support/verdicts.ts';

const ROUNDS = Number(process.argv[2] ?? 3);
const FANS = 50_000;
const BATCH = 100_000;
const SINGLES_MS = 4_000;
/** A live stream: what arrives happened within the last minute. */
const MIX: Mix = { fans: FANS, strangers: 0.1, objects: 2_000, spanMs: 60_000 };
/** A brand of its own for rows that pass no gate. */
const [CEILING, ROWS] = [1_000_001, 1_000_002];

/** One round of one contender: rows a second, and CPU microseconds a row. */
interface Run {
  readonly rate: number;
  readonly server: number;
  readonly database: number;
}

type Ready = () => Promise<unknown>;
type Six = [number, number, number, number, number, number];

console.log(machineFacts());
const random = seeded(20261122);
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-bench-'));
const [port, inspectPort] = [await freePort(), await freePort()];
const server = await startServer({ dataDir, port, nodeFlags: [`--inspect-port=127.0.0.1:${inspectPort}`] });
const { url: databaseUrl, pid: postmaster } = await embeddedDatabase(dataDir);
const bare = new Worker<{ port: number }, unknown>(new URL('./support/bare-door.ts', import.meta.url));
const bareUrl = `http://127.0.0.1:${await freePort()}`;
const [two, eight] = [2, 8].map((max) => createPool(databaseUrl, { max, tenants: 'every' })) as [Sql, Sql];
try {
  pin(process.pid, 1);
  await bare.ask({ port: Number(new URL(bareUrl).port) });
  pin(bare.process.pid!, 0);
  await makeBrand(server.url, 'bench');
  const started = performance.now();
  await consentFans(server.url, 'bench', 1, FANS);
  console.log(
    `${grouped(FANS)} consents through the door in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );

  const contenders: Record<string, () => Promise<Rate>> = {
    'a  ceiling: unnest, 4 000 rows, 2 writers': () => ceiling(two, CEILING, BATCH, 4_000, MIX, random),
    'b  NDJSON through the door, 2 streams': () => ndjson(server.url, 'bench', BATCH, 2, MIX, random),
    'b1 NDJSON through the door, 1 stream': () => ndjson(server.url, 'bench', BATCH, 1, MIX, random),
    'c  single posts, 256 connections': () => singles(server.url, 'bench', 256, SINGLES_MS, MIX, random),
    'd  single rows, 8 connections': () => rowByRow(eight, ROWS, 8, SINGLES_MS, MIX, random),
    'e  a door that only answers, 256 connections': () =>
      singles(bareUrl, 'bench', 256, SINGLES_MS, MIX, random),
  };
  const runs = new Map(Object.keys(contenders).map((name) => [name, [] as Run[]]));
  for (let round = 0; round <= ROUNDS; round++) {
    // Threads that start later stay on the core of the main one: by now those that label are there.
    if (round === 1) {
      const pinned = pin(server.pid, 0, 'main');
      console.log(
        pinned
          ? "the server's main thread on core 0, load on core 1, PostgreSQL and other threads on both"
          : 'not pinned: no taskset or one core',
      );
    }
    for (const [name, contender] of Object.entries(contenders)) {
      const pid = name.startsWith('e') ? bare.process.pid! : server.pid;
      const before = [cpuSeconds(pid), familyCpuSeconds(postmaster)] as const;
      const { rows, seconds } = await contender();
      const [own, base] = [cpuSeconds(pid) - before[0], familyCpuSeconds(postmaster) - before[1]];
      // Round 0 warms caches and compiled code up, and does not count.
      if (round === 0) continue;
      runs
        .get(name)!
        .push({ rate: rows / seconds, server: (own / rows) * 1e6, database: (base / rows) * 1e6 });
    }
  }
  const middle = (name: string, of: keyof Run) => median(runs.get(name)!.map((run) => run[of]));
  const [a, b, b1, c, d, e] = [...runs.keys()].map((name) => middle(name, 'rate')) as Six;
  console.log(
    table([
      ['committed rows a second', 'median', 'rounds', 'server µs/row', 'database µs/row'],
      ...[...runs].map(([name, list]) => [
        name,
        grouped(middle(name, 'rate')),
        list.map(({ rate }) => grouped(rate)).join(' | '),
        middle(name, 'server').toFixed(1),
        middle(name, 'database').toFixed(1),
      ]),
    ]),
  );
  console.log(
    '\nµs/row: CPU time, which says more than the rate on a busy machine. Only rows in the ledger count; the tenth that strangers send is extra work.',
  );
  verdicts.say(b / a >= 0.4, `NDJSON against the ceiling: ${(b / a).toFixed(2)} (at least 0.40, aim 0.70)`);
  console.log(`      with one stream: ${(b1 / a).toFixed(2)}`);
  verdicts.say(c / d >= 3, `single posts against single rows: ${(c / d).toFixed(2)} (at least 3)`);
  console.log(
    `      a door that only answers would be ${(e / d).toFixed(2)}; ours is ${(c / e).toFixed(2)} of it`,
  );

  for (const [title, work] of [
    ['NDJSON', (ready: Ready) => ndjson(server.url, 'bench', 2 * BATCH, 2, MIX, random, ready)],
    ['single posts', (ready: Ready) => singles(server.url, 'bench', 256, SINGLES_MS, MIX, random, ready)],
  ] as const) {
    const profile = await profileWhile(server.pid, inspectPort, work);
    console.log(`\nTime of the server's thread per room, ${title}:`);
    console.log(table(shareByRoom(profile).map(([room, share]) => [room, `${(share * 100).toFixed(1)} %`])));
    if (process.argv.includes('--hot')) {
      console.log(
        table(hottest(profile, 30).map(([name, share]) => [name, `${(share * 100).toFixed(1)} %`])),
      );
    }
  }
  console.log('');
  if (!process.argv.includes('--no-board')) await compareBoard(server.url, databaseUrl, verdicts);
} finally {
  bare.end();
  await Promise.all([two.end({ timeout: 5 }), eight.end({ timeout: 5 })]);
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
