import { Session } from 'node:inspector/promises';
import { WINDOWS, type WindowName } from '@fanfare/contract';
import { diff } from '@fanfare/server/domain/board-delta.ts';
import { readBoard } from '@fanfare/server/domain/board.ts';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';
import { release } from '@fanfare/server/domain/suppression.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { machineFacts } from './support/machine.ts';
import { grouped, median, seeded, table } from './support/numbers.ts';
import { shareByFile, type Profile } from './support/rooms.ts';
import { Verdicts } from './support/verdicts.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const EVENTS_PER_FAN = 2;
const MOST_MS = 5;
const DAY_MS = 86_400_000;
const HEADING = { brand: 'b', epoch: 'e', seq: 0, demonstration: false };
const RULES = { audience: 'team', k: 10 } as const;

console.log(machineFacts());
const random = seeded(11);
const verdicts = new Verdicts();
const now = Date.now();
const reads: (string | number)[][] = [
  ['fans', 'events', 'record µs/event', ...WINDOWS.map((w) => `read ${w} ms`)],
];
let slowest = 0;
for (const fans of SIZES) {
  const counts = new BrandWindows(now);
  const events = fans * EVENTS_PER_FAN;
  const facts = Array.from({ length: Math.min(events, 200_000) }, (_, n) => fact(n, fans));
  let spent = 0;
  for (let done = 0; done < events; done += facts.length) {
    const fresh = done === 0 ? facts : facts.map((_, n) => fact(done + n, fans));
    const started = performance.now();
    for (const one of fresh) counts.record(null, one);
    spent += performance.now() - started;
  }
  const times = WINDOWS.map((window) =>
    median(Array.from({ length: 31 }, () => timeOf(() => read(counts, window)))),
  );
  slowest = Math.max(...times);
  reads.push([
    grouped(fans),
    grouped(events),
    ((spent * 1_000) / events).toFixed(2),
    ...times.map((ms) => ms.toFixed(2)),
  ]);
  if (fans === SIZES.at(-1)) await split(counts, fans);
}
console.log(`\n${table(reads)}\n(a read: readBoard, release, and the delta to the board before)`);
verdicts.say(
  slowest <= MOST_MS,
  `at ${grouped(SIZES.at(-1)!)} fans the dearest board takes ${slowest.toFixed(2)} ms (at most ${MOST_MS})`,
);
verdicts.end();

/** Where the time of `record` goes once the brand is full: the share of each file. */
async function split(counts: BrandWindows, fans: number): Promise<void> {
  const fresh = Array.from({ length: 200_000 }, (_, n) => fact(10_000_000 + n, fans));
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  for (const one of fresh) counts.record(null, one);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  console.log(`\nrecord() of ${grouped(fresh.length)} more events at ${grouped(fans)} fans, time by file:`);
  const shares = shareByFile(profile as Profile).slice(0, 12);
  console.log(table(shares.map(([file, share]) => [file, `${(share * 100).toFixed(1)} %`])));
}

function read(counts: BrandWindows, window: WindowName): void {
  const board = release(readBoard(counts, window, now, 0, RULES.k), HEADING, RULES);
  diff(board, board);
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** One engagement of the last day: 60 % reactions, 20 % comments with a label, the rest shares and mentions. */
function fact(n: number, fans: number): Labelled {
  const whole = (most: number) => Math.floor(random() * most);
  const dice = random();
  const kind = dice < 0.6 ? 0 : dice < 0.8 ? 1 : dice < 0.9 ? 2 : 3;
  const hex = () =>
    whole(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return {
    key: hex() + hex() + hex() + hex(),
    id: `event-${n}`,
    rev: 0,
    network: whole(4),
    kind,
    fan: 1 + whole(fans),
    occurredAt: now - whole(DAY_MS - 300_000),
    object: `post-${whole(2_000)}`,
    owner: random() < 0.1 ? 1 + whole(fans) : -1,
    followers: random() < 0.2 ? whole(5_000) : -1,
    reaction: kind === 0 ? ['like', 'love', 'wow'][whole(3)]! : '',
    label: kind === 1 ? 1 + whole(3) : 0,
    model: '',
    campaign: random() < 0.2 ? `campaign-${whole(4)}` : '',
    language: kind === 1 ? 'fr' : '',
  };
}
