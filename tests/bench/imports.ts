import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Board, ImportBody } from '@fanfare/contract';
import { call, consentFans, makeBrand } from './support/api.ts';
import { cpuSeconds, machineFacts, residentMemory } from './support/machine.ts';
import { grouped, seeded } from './support/numbers.ts';
import { freePort } from './support/port.ts';
import { TOKEN, startServer } from './support/server-process.ts';
import { Verdicts } from './support/verdicts.ts';

const LINES = Number(process.argv[2] ?? 1_000_000);
const FANS = 20_000;
/** More than it may grow by, whatever the length of the file; MiB. */
const MOST_GROWTH = 256;
const COMMAND = join(import.meta.dirname, '../../server/src/cli/import-events.ts');

console.log(machineFacts());
const verdicts = new Verdicts();
const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-imports-'));
const file = join(dataDir, 'comments.csv');
const random = seeded(20261122);
const now = Date.now();

/** A file as a tool exports it; one line of ten is of somebody who never consented. */
async function write(): Promise<void> {
  const out = createWriteStream(file);
  out.write('Comment ID,Author ID,Date,Type,Network,Comment,Followers\r\n');
  for (let i = 0; i < LINES; i++) {
    const fan = random() < 0.1 ? `stranger-${i}` : `fan-${1 + Math.floor(random() * FANS)}`;
    const at = new Date(now - 80_000_000 + Math.floor((i * 79_000_000) / LINES)).toISOString().slice(0, 19);
    const line = `c-${i},${fan},${at.replace('T', ' ')},comment,Facebook,"Très bien, ""merci"" ${i}",${i % 5_000}\r\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

async function run(url: string): Promise<{ seconds: number; code: number | null; most: number }> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [COMMAND, file, '--brand', 'files', '--url', url, '--token', TOKEN, '--zone', 'UTC'],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  let most = 0;
  while (child.exitCode === null && child.signalCode === null) {
    most = Math.max(most, child.pid === undefined ? 0 : heldBy(child.pid));
    await sleep(200);
  }
  return { seconds: (performance.now() - began) / 1_000, code: child.exitCode, most };
}

/** Resident memory of a process that may be gone. */
function heldBy(pid: number): number {
  try {
    return residentMemory(pid).now;
  } catch {
    return 0;
  }
}

const server = await startServer({ dataDir, port: await freePort() });
try {
  await write();
  const { size } = await stat(file);
  await makeBrand(server.url, 'files');
  await consentFans(server.url, 'files', 1, FANS);
  const before = residentMemory(server.pid);
  const cpu = cpuSeconds(server.pid);
  const first = await run(server.url);
  const after = residentMemory(server.pid);
  const spent = cpuSeconds(server.pid) - cpu;
  console.log(
    `${grouped(LINES)} lines (${(size / 1_048_576).toFixed(0)} MiB) in ${first.seconds.toFixed(1)} s: ` +
      `${grouped(Math.round(LINES / first.seconds))} lines/s, ${((spent / LINES) * 1e6).toFixed(1)} µs of the server a line`,
  );
  console.log(
    `server: resident ${before.now.toFixed(0)} MiB before, ${after.now.toFixed(0)} after, ${after.peak.toFixed(0)} at its highest; ` +
      `command: ${first.most.toFixed(0)} MiB at its highest`,
  );
  verdicts.say(first.code === 0, 'every line is an event');
  const [one] = await call<ImportBody[]>(server.url, 'GET', '/brands/files/imports');
  verdicts.say(one?.counts.received === LINES, `all lines are accounted for: ${JSON.stringify(one?.counts)}`);
  const board = await call<Board>(server.url, 'GET', '/brands/files/board?window=24h');
  verdicts.say(
    board.measures['engagements@1']?.value === one?.counts.counted,
    'the board has what was counted',
  );
  const second = await run(server.url);
  console.log(`again: ${grouped(Math.round(LINES / second.seconds))} lines/s`);
  const [again] = await call<ImportBody[]>(server.url, 'GET', '/brands/files/imports');
  verdicts.say(again?.counts.duplicate === one?.counts.counted, 'the same file again is known already');
  const end = residentMemory(server.pid);
  const held = end.now - before.now;
  console.log(`server after both: ${end.now.toFixed(0)} MiB`);
  verdicts.say(
    after.peak - before.peak <= MOST_GROWTH + LINES / 5_000 && held <= MOST_GROWTH + LINES / 5_000,
    `the server grew by ${held.toFixed(0)} MiB, the live counts of ${grouped(LINES)} engagements among them`,
  );
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
