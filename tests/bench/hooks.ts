import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, consentFans, makeBrand } from './support/api.ts';
import { machineFacts, pin } from './support/machine.ts';
import { grouped, median, percentile, table } from './support/numbers.ts';
import { freePort } from './support/port.ts';
import { TOKEN, startServer } from './support/server-process.ts';
import { Verdicts } from './support/verdicts.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const FANS = 20_000;
/** Changes in one delivery, and deliveries in one round. */
const [CHANGES, DELIVERIES] = [100, 200];
const CONNECTIONS = 8;
const [RATE, PACED_MS, WARM_MS] = [200, 10_000, 2_000];
const SECRET = '0123456789abcdef0123456789abcdef';

console.log(machineFacts());
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-hooks-'));
const port = await freePort();
const server = await startServer({ dataDir, port });
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const verdicts = new Verdicts();
let next = 0;

/** Post a body; gives the milliseconds until the answer was read. @throws for any status but 200 */
function post(path: string, body: string, headers: Record<string, string>): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)), 'content-type': 'application/json' };
    const asked = request(
      { agent, host: '127.0.0.1', port, method: 'POST', path, headers: { ...length, ...headers } },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200
            ? resolve(performance.now() - started)
            : reject(new Error(`${path}: ${answer.statusCode}`)),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** The same comments for both doors: `n` of them, each new. */
function comments(n: number): { id: string; fan: string; object: string; second: number; text: string }[] {
  const second = Math.floor(Date.now() / 1_000) - 5;
  return Array.from({ length: n }, () => {
    const i = next++;
    return {
      id: `${i}`,
      fan: `fan-${1 + (i % FANS)}`,
      object: `post-${i % 500}`,
      second,
      text: `Merci, vraiment bien ${i % 97}`,
    };
  });
}

function unsigned(n: number): string {
  return JSON.stringify(
    comments(n).map(({ id, fan, object, second, text }) => ({
      ...{ id: `u${id}`, network: 'facebook', kind: 'comment', fan, object, text },
      occurredAt: new Date(second * 1_000).toISOString(),
    })),
  );
}

function signed(n: number): { body: string; headers: Record<string, string> } {
  const entry = comments(n).map(({ id, fan, object, second, text }) => ({
    id: '1',
    time: second,
    changes: [
      {
        field: 'feed',
        value: {
          ...{
            item: 'comment',
            verb: 'add',
            comment_id: id,
            post_id: object,
            created_time: second,
            message: text,
          },
          from: { id: fan, name: 'Somebody' },
        },
      },
    ],
  }));
  const body = JSON.stringify({ object: 'page', entry });
  const digest = createHmac('sha256', SECRET).update(body).digest('hex');
  return { body, headers: { 'x-hub-signature-256': `sha256=${digest}` } };
}

/** Changes a second when deliveries are sent over so many connections at once. */
async function throughput(send: (() => Promise<number>)[]): Promise<number> {
  const started = performance.now();
  const queue = [...send];
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let one = queue.pop(); one; one = queue.pop()) await one();
    }),
  );
  return (send.length * CHANGES * 1_000) / (performance.now() - started);
}

try {
  pin(server.pid, 0);
  pin(process.pid, 1);
  await makeBrand(server.url, 'bench');
  await consentFans(server.url, 'bench', 1, FANS);
  const draft = JSON.stringify({ connector: 'meta_page', name: 'bench', secret: SECRET });
  const { url } = await call<{ url: string }>(server.url, 'POST', '/brands/bench/sources', draft);
  const path = new URL(url).pathname;
  const authorised = { authorization: `Bearer ${TOKEN}` };
  const rates: { unsigned: number[]; signed: number[] } = { unsigned: [], signed: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    // Bodies are made before the clock runs, and the contenders take turns.
    const plain = Array.from({ length: DELIVERIES }, () => unsigned(CHANGES));
    const hooks = Array.from({ length: DELIVERIES }, () => signed(CHANGES));
    const a = await throughput(
      plain.map((body) => () => post('/api/v1/brands/bench/events', body, authorised)),
    );
    const b = await throughput(
      hooks.map(
        ({ body, headers }) =>
          () =>
            post(path, body, headers),
      ),
    );
    if (round === 0) continue;
    rates.unsigned.push(a);
    rates.signed.push(b);
  }
  const [plain, hooks] = [median(rates.unsigned), median(rates.signed)];
  const rounds = (list: readonly number[]) => list.map(grouped).join(' | ');
  console.log(
    table([
      ['committed changes a second', 'median', 'rounds'],
      [`events route, ${CHANGES} at a time`, grouped(plain), rounds(rates.unsigned)],
      [`signed webhook, ${CHANGES} changes at a time`, grouped(hooks), rounds(rates.signed)],
    ]),
  );
  verdicts.say(
    hooks / plain >= 0.65,
    `signed webhook against the unsigned route: ${(hooks / plain).toFixed(2)} (at least 0.65)`,
  );

  const waits: number[] = [];
  const pending: Promise<void>[] = [];
  const started = performance.now();
  for (let i = 0; performance.now() - started < PACED_MS; i++) {
    const due = started + (i * 1_000) / RATE;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    const { body, headers } = signed(1);
    const counts = due - started >= WARM_MS;
    // From when it was due: a late start is part of the wait.
    pending.push(post(path, body, headers).then(() => void (counts && waits.push(performance.now() - due))));
  }
  await Promise.all(pending);
  const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)];
  console.log(
    `\n${waits.length} answers at ${RATE} requests a second, one change each: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  verdicts.say(p99 <= 150, `answer p99 at ${RATE} requests a second: ${p99.toFixed(1)} ms (at most 150)`);

  const batch = signed(1_000);
  const took = await post(path, batch.body, batch.headers);
  const list = await call<{ counts: { counted: number } }[]>(server.url, 'GET', '/brands/bench/sources');
  const sent = (ROUNDS + 1) * DELIVERIES * CHANGES + pending.length + 1_000;
  verdicts.say(
    list[0]!.counts.counted === sent,
    `a delivery of 1 000 changes in ${took.toFixed(0)} ms; ${grouped(sent)} changes sent, ${grouped(list[0]!.counts.counted)} counted`,
  );
} finally {
  agent.destroy();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
