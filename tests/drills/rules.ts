import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '@fanfare/db';
import { seeded } from '../bench/support/numbers.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { TOKEN, consent } from '../support/app.ts';
import { draft, startReceiver, verified } from '../rules/stage.ts';

/** Is every fan who met a rule told of under one id, though the server is killed again and again? `pnpm drill rules [KILLS]` */
const KILLS = Number(process.argv[2] ?? 25);
const [A_ROUND, PATIENCE_MS] = [20, 60_000];

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`${machineFacts()}\nseed ${seed}\n`);
const random = seeded(seed);
const verdicts = new Verdicts();
const receiver = await startReceiver();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
const database = await startEmbedded({ dataDir, durable: true, mortal: true, log: () => undefined });
let [server, url] = [null as ChildProcess | null, ''];

async function start(): Promise<void> {
  const file = join(import.meta.dirname, 'support/rules-server.ts');
  server = spawn(process.execPath, [file, database.url, receiver.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(server.stdout!, 'data')) as [Buffer];
  url = line.toString().trim();
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return text ? JSON.parse(text) : null;
}

try {
  await start();
  await call('POST', '/brands', { slug: 'maison', name: 'Maison', sector: 'general' });
  const { secret } = (await call('PUT', '/brands/maison/rules/webhook', { webhook: receiver.url })) as {
    secret: string;
  };
  await call('POST', '/brands/maison/rules/webhook/test');
  const { id } = (await call('POST', '/brands/maison/rules', draft({ perDay: 10_000, days: 30 }))) as {
    id: number;
  };
  await call('POST', `/brands/maison/rules/${id}/on`);
  const counted: string[] = [];
  for (let round = 0; round < KILLS; round++) {
    const fans = Array.from({ length: A_ROUND }, (_, i) => `fan-${round}-${i}`);
    const agreed = { measure: true, offers: true };
    await call(
      'POST',
      '/brands/maison/consents',
      fans.map((fan) => consent(fan, Date.now() - 60_000, agreed)),
    );
    const events = fans.map((fan) => ({
      ...{ id: `e-${fan}`, network: 'facebook', kind: 'comment', fan, occurredAt: new Date().toISOString() },
    }));
    await call('POST', '/brands/maison/events', events);
    counted.push(...fans);
    receiver.refuse = random() < 0.2;
    await sleep(Math.floor(random() * 120));
    server!.kill('SIGKILL');
    await once(server!, 'exit');
    receiver.refuse = false;
    await start();
  }
  const told = () => receiver.sent.filter(({ body }) => body.type === 'rule.met');
  const known = () => new Set(told().map(({ body }) => body.data.fan.id));
  for (const end = Date.now() + PATIENCE_MS; known().size < counted.length && Date.now() < end;)
    await sleep(100);
  await sleep(1_000);
  const ids = Map.groupBy(told(), ({ body }) => body.data.fan.id);
  const several = [...ids].filter(
    ([, sent]) => new Set(sent.map(({ headers }) => headers['webhook-id'])).size > 1,
  );
  for (const one of told()) verified(one, secret);
  verdicts.say(
    known().size === counted.length,
    `${KILLS} kills: ${known().size} of ${counted.length} fans were told of`,
  );
  verdicts.say(several.length === 0, `${several.length} of them under more than one id`);
  const again = told().length - known().size;
  console.log(`note  ${again} sendings were repeated, each under the id it had; every signature holds`);
} finally {
  server?.kill('SIGTERM');
  if (server && server.exitCode === null) await once(server, 'exit');
  receiver.close();
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
