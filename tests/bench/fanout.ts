import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { consentFans, makeBrand } from './support/api.ts';
import { postAtBeat, type Posted } from './support/beat.ts';
import { cpuSeconds, machineFacts, pin } from './support/machine.ts';
import {
  Worker,
  type BareOrder,
  type Delivered,
  type TransportName,
  type WatcherOrder,
  type WatcherReply,
} from './support/messages.ts';
import { grouped, median, seeded, table } from './support/numbers.ts';
import { freePort } from './support/port.ts';
import { TOKEN, startServer } from './support/server-process.ts';
import { Verdicts } from './support/verdicts.ts';

const WATCHERS = Number(process.argv[2] ?? 1_000);
const ROUNDS = Number(process.argv[3] ?? 3);
const SECONDS = 15;
const COST_SECONDS = 8;
const BRAND = 'fanout';
const MIX = { fans: 2_000, strangers: 0, objects: 50, spanMs: 1_000 };
const TRANSPORTS: readonly TransportName[] = ['raw', 'socketio'];

console.log(machineFacts());
const random = seeded(7);
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-fanout-'));
const server = await startServer({ dataDir, port: await freePort() });
const watchers = new Worker<WatcherOrder, WatcherReply>(new URL('./support/watchers.ts', import.meta.url));
const bare = new Map<TransportName, Worker<BareOrder, unknown>>();
const barePorts = new Map<TransportName, number>();
const samples = new Map<TransportName, string>();
try {
  await makeBrand(server.url, BRAND);
  await consentFans(server.url, BRAND, 1, MIX.fans);
  for (const transport of TRANSPORTS) {
    const worker = new Worker<BareOrder, unknown>(new URL('./support/bare-server.ts', import.meta.url));
    bare.set(transport, worker);
    barePorts.set(transport, await freePort());
    await worker.ask({ do: 'listen', transport, port: barePorts.get(transport)! });
    pin(worker.process.pid!, 0);
  }
  pin(server.pid, 0);
  pin(watchers.process.pid!, 1);
  pin(process.pid, 1);
  await post(5, 'even');

  for (const transport of TRANSPORTS) {
    for (const arrivals of ['even', 'poisson'] as const) await latency(transport, arrivals);
  }
  const costs = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const transport of TRANSPORTS) {
      add(costs, `${transport} feed`, await feedCost(transport));
      add(costs, `${transport} bare`, await bareCost(transport));
    }
  }
  console.log(
    `\nCPU of the server per delivery, µs, ${ROUNDS} interleaved rounds. Feed: CPU with ${WATCHERS} watchers`,
  );
  console.log(
    'less CPU with one, under the same posts, over the deliveries. Bare: all its CPU over its deliveries.',
  );
  console.log(
    table([
      ['', 'median', 'rounds'],
      ...[...costs].map(([name, list]) => [
        name,
        median(list).toFixed(1),
        list.map((us) => us.toFixed(1)).join(' | '),
      ]),
    ]),
  );
  for (const [transport, most, what] of [
    ['raw', 0.9, 'ws.send(string) to each client'],
    ['socketio', 1.1, 'a bare Socket.IO broadcast to a room'],
  ] as const) {
    const ratio = median(costs.get(`${transport} feed`)!) / median(costs.get(`${transport} bare`)!);
    verdicts.say(ratio <= most, `${transport} feed: ${ratio.toFixed(2)} × ${what} (at most ${most})`);
  }
} finally {
  watchers.end();
  for (const worker of bare.values()) worker.end();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

async function latency(transport: TransportName, arrivals: 'even' | 'poisson'): Promise<void> {
  await open(transport, WATCHERS);
  await post(2, arrivals);
  await ask({ do: 'forget' });
  const posted = await post(SECONDS, arrivals);
  await sleep(500);
  const got = (await ask({ do: 'report', posts: posted }))!;
  if (transport === 'raw') samples.set('raw', got.sample);
  await ask({ do: 'close' });
  const { p50, p99, most, gaps, duplicates, missing } = got;
  const figures = `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, at most ${most.toFixed(1)} ms`;
  const text = `${transport}, ${WATCHERS} watchers, 50 events/s ${arrivals}: ${figures} over ${grouped(got.pairs)} pairs`;
  if (arrivals === 'even') verdicts.say(p50 <= 50 && p99 <= 250, `${text} (at most 50 and 250)`);
  else console.log(`      ${text}`);
  verdicts.say(
    gaps + duplicates + missing === 0 && got.transports.join() === 'websocket',
    `  ${grouped(got.deliveries)} frames, ${gaps} gaps, ${duplicates} duplicates, ${missing} missing, over ${got.transports.join()}`,
  );
}

/** CPU microseconds of our server per delivery. */
async function feedCost(transport: TransportName): Promise<number> {
  const alone = await cpuOf(transport, 1);
  const many = await cpuOf(transport, WATCHERS);
  return ((many.cpu - alone.cpu) / (many.got.deliveries - alone.got.deliveries)) * 1e6;
}

async function cpuOf(transport: TransportName, count: number): Promise<{ cpu: number; got: Delivered }> {
  await open(transport, count);
  await post(1, 'even');
  await ask({ do: 'forget' });
  const before = cpuSeconds(server.pid);
  await post(COST_SECONDS, 'even');
  const cpu = cpuSeconds(server.pid) - before;
  const got = (await ask({ do: 'report', posts: [] }))!;
  await ask({ do: 'close' });
  await sleep(300);
  return { cpu, got };
}

/** CPU microseconds of the bare server per delivery of the same bytes at the same rate. */
async function bareCost(transport: TransportName): Promise<number> {
  const worker = bare.get(transport)!;
  const url = `${transport === 'raw' ? 'ws' : 'http'}://127.0.0.1:${barePorts.get(transport)!}`;
  await ask({ do: 'open', transport, url, token: TOKEN, count: WATCHERS, watch: null });
  const text = samples.get('raw')!;
  await worker.ask({ do: 'send', text, times: 10, everyMs: 100 });
  await ask({ do: 'forget' });
  const before = cpuSeconds(worker.process.pid!);
  await worker.ask({ do: 'send', text, times: COST_SECONDS * 10, everyMs: 100 });
  const cpu = cpuSeconds(worker.process.pid!) - before;
  await sleep(300);
  const got = (await ask({ do: 'report', posts: [] }))!;
  await ask({ do: 'close' });
  return (cpu / got.deliveries) * 1e6;
}

async function open(transport: TransportName, count: number): Promise<void> {
  const url = transport === 'raw' ? `${server.url.replace('http', 'ws')}/api/v1/live` : server.url;
  const watch = { brand: BRAND, window: '1h' };
  await ask({ do: 'open', transport, url, token: TOKEN, count, watch });
}

async function ask(order: WatcherOrder): Promise<Delivered | null> {
  const { delivered, fault } = await watchers.ask(order);
  if (fault !== undefined) throw new Error(fault);
  return delivered;
}

function post(seconds: number, arrivals: 'even' | 'poisson'): Promise<Posted[]> {
  return postAtBeat({ url: server.url, brand: BRAND, mix: MIX, perSecond: 50, seconds, arrivals, random });
}

function add(costs: Map<string, number[]>, name: string, value: number): void {
  costs.set(name, [...(costs.get(name) ?? []), value]);
}
