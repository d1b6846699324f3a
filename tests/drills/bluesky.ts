import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceDetail } from '@fanfare/contract';
import { createPool } from '@fanfare/db';
import { call, makeBrand } from '../bench/support/api.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { freePort } from '../bench/support/port.ts';
import { TOKEN, embeddedDatabase, startServer } from '../bench/support/server-process.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { FakeJetstream } from '../support/fake-jetstream.ts';
import { randomFrom } from '../support/random.ts';
import { didOf } from '../support/stream-cases.ts';
import { tidOf } from '../support/tid.ts';

/**
 * A fake Jetstream sends what consenting fans do, while lines are cut each half minute and the server
 * is killed or restarted each three: nothing may be lost, counted twice, or pile up.
 * `pnpm drill bluesky [MINUTES] [EVENTS A SECOND] [SECONDS BETWEEN RESTARTS]`
 */
const MINUTES = Number(process.argv[2] ?? 30);
const RATE = Number(process.argv[3] ?? 500);
/** More than one subscription may name. */
const FANS = 10_050;
const RESTART_MS = Number(process.argv[4] ?? 180) * 1_000;
const [DROP_MS, LOOK_MS, TELL_MS] = [30_000, 3_000, 30_000];
/** A life of the server may hold so much more at its lowest than the first did, beside what its counts hold. */
const MOST_GROWTH = 1.25;
/** What the counts of an engagement hold, bytes: a row of the last 30 days (`pnpm bench memory`) and its part of the lists. */
const HELD = 200;
const BRAND = didOf('z');

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`${machineFacts()}\nseed ${seed}, ${MINUTES} minutes, ${RATE} events/s, ${FANS} fans\n`);
const random = randomFrom(seed);
const verdicts = new Verdicts();
const fake = await FakeJetstream.start(Date.now, random);
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
const env = { JETSTREAM_URL: fake.url };
const options = { dataDir, port: await freePort(), suppressionK: 1, env };
let server = await startServer(options);

/** Record keys that are there now, and what is about somebody else. */
const standing = new Set<string>();
const latest: { fan: string; rkey: string; isLike: boolean }[] = [];
let [told, removed, elsewhere, restarts, drops, micros] = [0, 0, 0, 0, 0, 0];
/** Of each life of the server: heap at its lowest in the second half, memory of the process at its highest, and acts then. */
const lives: { readonly lowest: number; readonly highest: number; readonly held: number }[] = [];

try {
  await makeBrand(server.url, 'drill');
  for (let first = 0; first < FANS; first += 5_000) await consent(first, Math.min(FANS, first + 5_000));
  const draft = JSON.stringify({ connector: 'bluesky', name: 'Drill', account: BRAND });
  await call(server.url, 'POST', '/brands/drill/sources', draft);
  await until(() => fake.wanted.size === FANS, 30_000);
  verdicts.say(fake.open === 2, `${FANS} fans are asked for by ${fake.open} subscriptions`);
  await run();
  await settle();
  await check();
} finally {
  await server.stop();
  await fake.close();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

async function run(): Promise<void> {
  const began = performance.now();
  let [nextDrop, nextRestart, nextLook, nextTold] = [DROP_MS, RESTART_MS, LOOK_MS, TELL_MS];
  let seen: Memory[] = [];
  for (let at = 0; at < MINUTES * 60_000; at = performance.now() - began) {
    while (told + removed + elsewhere < (at / 1_000) * RATE) act();
    if (at > nextDrop) {
      nextDrop += DROP_MS;
      drops += fake.open;
      fake.drop();
    }
    if (at > nextLook) {
      nextLook += LOOK_MS;
      seen.push(await memory());
    }
    if (at > nextTold) {
      nextTold += TELL_MS;
      console.log(
        `${(at / 60_000).toFixed(1)} min: ${told} acts, ${removed} removed, ${elsewhere} about others, ` +
          `${drops} lines cut, ${restarts} restarts, ${seen.at(-1)?.resident ?? 0} MB, of which ${seen.at(-1)?.heap ?? 0} in use`,
      );
    }
    if (at > nextRestart) {
      nextRestart += RESTART_MS;
      lives.push(lifeOf(seen));
      seen = [];
      // Every other time without a chance to put anything in order.
      await (restarts++ % 2 === 0 ? server.kill() : server.stop());
      server = await startServer(options);
    }
    await sleep(10);
  }
  lives.push(lifeOf(seen));
}

/** One thing happens at the network. */
function act(): void {
  micros = Math.max(micros + 1, Date.now() * 1_000);
  const dice = random();
  const rev = tidOf(micros);
  const collection = (isLike: boolean) => (isLike ? 'app.bsky.feed.like' : 'app.bsky.feed.post');
  if (dice < 0.1 && latest.length > 1_000) {
    const [{ fan, rkey, isLike }] = latest.splice(Math.floor(random() * 900), 1) as [(typeof latest)[0]];
    removed++;
    standing.delete(rkey);
    const commit = { rev, operation: 'delete', collection: collection(isLike), rkey };
    fake.tell({ did: fan, kind: 'commit', commit });
    return;
  }
  const fan = didOf('f', Math.floor(random() * FANS));
  const [isAbout, isLike, rkey] = [dice < 0.9, random() < 0.7, rev];
  const uri = `at://${isAbout ? BRAND : didOf('y')}/app.bsky.feed.post/${Math.floor(random() * 40)}`;
  const createdAt = new Date(Math.floor(micros / 1_000)).toISOString();
  const record = isLike
    ? { createdAt, subject: { uri } }
    : {
        createdAt,
        text: 'Bravo, quel bel ouvrage !',
        langs: ['fr'],
        reply: { root: { uri }, parent: { uri } },
      };
  fake.tell({
    ...{ did: fan, kind: 'commit' },
    commit: { rev, operation: 'create', collection: collection(isLike), rkey, record },
  });
  if (!isAbout) return void elsewhere++;
  told++;
  standing.add(rkey);
  latest.push({ fan, rkey, isLike });
  if (latest.length > 5_000) latest.splice(0, 1_000);
}

/** Wait until nothing moves any more. */
async function settle(): Promise<void> {
  let [last, same] = [-1, 0];
  for (let i = 0; i < 240 && same < 12; i++) {
    const { counts } = await call<SourceDetail>(server.url, 'GET', '/brands/drill/sources/1');
    const now = counts.counted + counts.duplicate + counts.repeated;
    same = now === last ? same + 1 : 0;
    last = now;
    await sleep(500);
  }
}

async function check(): Promise<void> {
  const { counts, lastError, lagMs, listening } = await call<SourceDetail>(
    server.url,
    'GET',
    '/brands/drill/sources/1',
  );
  console.log(`\n${JSON.stringify({ counts, lastError, lagMs, listening })}`);
  const sql = createPool((await embeddedDatabase(dataDir)).url, { max: 1, tenants: 'every' });
  const rows = await sql<{ rkey: string }[]>`select split_part(id, '/', 3) as rkey from engagement`;
  await sql.end({ timeout: 5 });
  const held = new Set(rows.map(({ rkey }) => rkey));
  const lost = [...standing].filter((rkey) => !held.has(rkey)).length;
  const extra = [...held].filter((rkey) => !standing.has(rkey)).length;
  console.log(`\n${fake.sent} messages sent, ${fake.connections} connections, ${standing.size} acts stand`);
  verdicts.say(
    restarts >= Math.floor((MINUTES * 60_000 - 1) / RESTART_MS),
    `${restarts} restarts, ${drops} lines cut`,
  );
  verdicts.say(lost === 0, `${lost} lost`);
  verdicts.say(
    rows.length === held.size && extra === 0,
    `${rows.length - held.size} twice, ${extra} that were removed`,
  );
  const board = await call<{ measures: Record<string, { value: number }> }>(
    ...([server.url, 'GET', '/brands/drill/board?window=24h'] as const),
  );
  const shown = board.measures['engagements@1']!.value;
  verdicts.say(shown === standing.size, `the board of a day shows ${shown} engagements`);
  const body = JSON.stringify({ brands: ['drill'] });
  const { differing } = await call<{ differing: number }>(server.url, 'POST', '/recount', body);
  verdicts.say(differing === 0, `${differing} differences found by the recount`);
  verdicts.say(fake.bad.length === 0, `no bad question to the network ${fake.bad.slice(0, 3).join(', ')}`);
  const [first, last] = [lives[0]!, lives.at(-1)!];
  const counted = ((last.held - first.held) * HELD) / 1_048_576;
  const most = Math.round(first.lowest * MOST_GROWTH + counted);
  const list = (name: 'lowest' | 'highest') => lives.map((life) => life[name]).join(', ');
  verdicts.say(
    last.lowest <= most,
    `memory in use, at its lowest in each life of the server: ${list('lowest')} MB (the last at most ${most})`,
  );
  console.log(`memory of the process, at its highest in each life: ${list('highest')} MB`);
}

interface Memory {
  /** Of the process, MB. */
  readonly resident: number;
  /** In use by the program, garbage included, MB. */
  readonly heap: number;
}

async function memory(): Promise<Memory> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await fetch(`${server.url}/api/v1/metrics`, { headers }).then((answer) => answer.text());
  const of = (name: string) =>
    Math.round(Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0) / 1_048_576);
  const heap = of('nodejs_heap_size_used_bytes') + of('nodejs_external_memory_bytes');
  return { resident: of('process_resident_memory_bytes'), heap };
}

function lifeOf(seen: readonly Memory[]): (typeof lives)[number] {
  const later = seen.slice(Math.floor(seen.length / 2));
  return {
    lowest: Math.min(...later.map(({ heap }) => heap)),
    highest: Math.max(...seen.map(({ resident }) => resident)),
    held: standing.size,
  };
}

async function consent(first: number, end: number): Promise<void> {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  const rest = {
    purposes: { measure: true },
    at,
    age: '18+',
    method: 'form',
    notice: { version: '1', locale: 'fr' },
  };
  const lines = Array.from({ length: end - first }, (_, i) =>
    JSON.stringify({ network: 'bluesky', fan: didOf('f', first + i), ...rest }),
  );
  const path = '/brands/drill/consents';
  const { accepted } = await call<{ accepted: number }>(
    ...([server.url, 'POST', path, lines.join('\n'), 'application/x-ndjson'] as const),
  );
  if (accepted !== lines.length) throw new Error(`only ${accepted} consents were accepted`);
}

async function until(done: () => boolean, patienceMs: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!done() && performance.now() < deadline) await sleep(50);
}
