import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPool } from '@fanfare/db';
import { createLabeller } from '@fanfare/server/labeller/create.ts';
import { recountBrand } from '@fanfare/server/store/recount.ts';
import { call, consentFans, makeBrand } from '../bench/support/api.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { percentile, seeded, table } from '../bench/support/numbers.ts';
import { freePort } from '../bench/support/port.ts';
import { embeddedDatabase, startServer } from '../bench/support/server-process.ts';
import { eventJson } from '../bench/support/traffic.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { boardFaults, heldByClient } from './support/check-boards.ts';
import type { SentEvent } from './support/crash-client.ts';
import { eventsOfLeavers, makeLeavers, type Leaver } from './support/withdraw/leavers.ts';
import { sendEvenly, type Outcomes } from './support/withdraw/load.ts';
import { Watchers } from './support/withdraw/watchers.ts';

/** How soon is somebody who withdraws gone, under load? `pnpm drill withdraw [WITHDRAWALS] [SECONDS]` */
const COUNT = Number(process.argv[2] ?? 500);
const SECONDS = Number(process.argv[3] ?? 60);
const [PER_SECOND, P99_MS] = [300, 5_000];
const BRAND = 'drill';
/** Few objects, so that the list of the top ones is the list of all. */
const MIX = { fans: 1_000, strangers: 0, objects: 8, spanMs: 120_000 };

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`${machineFacts()}\nseed ${seed}\n`);
const random = seeded(seed);
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-drill-'));
const server = await startServer({ dataDir, port: await freePort(), suppressionK: 1 });
const leavers = makeLeavers(COUNT, SECONDS * 1_000);
const watchers = new Watchers();
const outcomes: Outcomes = { counted: [], refused: [], duplicate: 0 };
try {
  await makeBrand(server.url, BRAND);
  await consentFans(server.url, BRAND, 1, MIX.fans);
  await consentLeavers();
  await watchers.open(server.url, BRAND);
  await run();
  // The last withdrawal reaches the last screen.
  await sleep(P99_MS);
  told();
  await check();
} finally {
  watchers.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();

async function consentLeavers(): Promise<void> {
  const at = new Date(Date.now() - 86_400_000).toISOString();
  const records = leavers.map(({ fan }) => ({
    network: 'facebook',
    fan,
    purposes: { measure: true, influence: true, quote: true, wall: true },
    at,
    age: '18+',
    method: 'form',
    notice: { version: '2026-11', locale: 'fr' },
  }));
  await call(server.url, 'POST', `/brands/${BRAND}/consents`, JSON.stringify(records));
}

/** The load, and beside it the withdrawals, each at its moment. */
async function run(): Promise<void> {
  const due = eventsOfLeavers(leavers, random);
  const left = new Set<Leaver>();
  const startedAt = Date.now();
  let [place, made] = [0, 0];
  const next = (ms: number): SentEvent => {
    const one = due[place];
    // A late event is one only once the withdrawal was answered.
    if (one && one.at <= ms && (!one.late || left.has(one.leaver))) {
      place++;
      return one.make(startedAt);
    }
    return JSON.parse(eventJson(`event-${made++}`, MIX, Date.now(), random)) as SentEvent;
  };
  const until = leavers.at(-1)!.at + 12_000;
  const load = sendEvenly(server.url, BRAND, PER_SECOND, until, next, outcomes);
  const leaving = leavers.map(async (leaver) => {
    await sleep(Math.max(0, startedAt + leaver.at - Date.now()));
    watchers.begin(leaver);
    const body = {
      network: 'facebook',
      fan: leaver.fan,
      ...(leaver.all ? {} : { purposes: ['quote', 'wall'] }),
    };
    await call(server.url, 'POST', `/brands/${BRAND}/fans/withdraw`, JSON.stringify(body));
    left.add(leaver);
  });
  const [rate] = await Promise.all([load, ...leaving]);
  verdicts.say(
    rate >= PER_SECOND * 0.97,
    `${rate.toFixed(1)} events/s were sent and answered (${PER_SECOND} asked)`,
  );
  verdicts.say(place === due.length, `${due.length - place} events of those who left were not sent`);
}

/** How long each took to be gone from every screen. */
function told(): void {
  const { leaving, count } = watchers;
  const rows: (string | number)[][] = [['', 'withdrawals', 'p50 ms', 'p99 ms', 'most ms']];
  const times = (of: typeof leaving) =>
    of.map(({ sentAt, goneAt }) => Math.max(...goneAt.map((at) => (at === null ? Infinity : at - sentAt))));
  for (const [name, all] of [
    ['everything: totals and words', true],
    ['quotes alone: words', false],
  ] as const) {
    const list = times(leaving.filter(({ leaver }) => leaver.all === all));
    const figures = [percentile(list, 0.5), percentile(list, 0.99), Math.max(...list)];
    rows.push([name, list.length, ...figures.map((ms) => Math.round(ms))]);
  }
  console.log(`${table(rows)}\n`);
  const unseen = leaving.filter(({ seen }) => seen < count).length;
  verdicts.say(unseen === 0, `${unseen} were not on all ${count} screens before they withdrew`);
  const all = times(leaving);
  const p99 = percentile(all, 0.99);
  verdicts.say(
    p99 <= P99_MS,
    `gone from the folded board of every screen: p50 ${Math.round(percentile(all, 0.5))}, p99 ${Math.round(p99)} ms (at most ${P99_MS})`,
  );
  const stayed = all.filter((ms) => ms === Infinity).length;
  verdicts.say(stayed === 0, `${stayed} never went`);
  verdicts.say(
    watchers.resurrected === 0,
    `${watchers.resurrected} times somebody was shown again after they had gone`,
  );
  verdicts.say(watchers.gaps === 0, `${watchers.frames} frames on ${count} screens, ${watchers.gaps} gaps`);
}

/** The end is that of a run in which those who left never were. */
async function check(): Promise<void> {
  const gone = new Set(leavers.filter(({ all }) => all).map(({ fan }) => fan));
  const late = outcomes.refused.filter(({ fan }) => !gone.has(fan ?? '')).length;
  verdicts.say(
    late === 0,
    `${outcomes.refused.length} late events refused, ${late} of them of somebody who consents`,
  );
  const staying = outcomes.counted.filter(({ fan }) => !gone.has(fan ?? ''));
  const labeller = await createLabeller({});
  const isCredited = (owner: string) => Number(owner.slice('fan-'.length)) % 2 === 0;
  const held = await heldByClient(staying, labeller, isCredited);
  const refused = outcomes.refused.map(({ occurredAt }) => Date.parse(occurredAt));
  const faults = await boardFaults(server.url, BRAND, held, refused);
  verdicts.say(
    faults.length === 0,
    `all five boards equal a recomputation over ${staying.length} events, without those who left ${faults.join('; ')}`,
  );
  const sql = createPool((await embeddedDatabase(dataDir)).url, { max: 2, tenants: 'every' });
  try {
    const [brand] = await sql<{ organisation: number; id: number }[]>`
      select organisation_id as organisation, id from brand where slug = ${BRAND}`;
    const { differing, rollups } = await recountBrand(sql, brand!, BRAND);
    verdicts.say(differing === 0, `${differing} differences in ${rollups} rollups found by the recount`);
    const [rows] = await sql<{ engagements: number; excerpts: number }[]>`
      select (select count(*)::int from engagement) as engagements, (select count(*)::int from excerpt) as excerpts`;
    verdicts.say(
      rows?.engagements === staying.length && rows.excerpts === 0,
      `${rows?.engagements ?? 0} engagements and ${rows?.excerpts ?? 0} excerpts are left in the database`,
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
}
