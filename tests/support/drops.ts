import { setTimeout as sleep } from 'node:timers/promises';
import type { TestApp } from './app.ts';
import { Fans } from './fans.ts';
import { Follower, hashOf } from './follower.ts';
import { connect, isWatching, type LiveClient, type TransportName } from './live-client.ts';

export interface DropOptions {
  readonly transport: TransportName;
  readonly clients: number;
  /** Forced drops of each client, on average. */
  readonly dropsEach: number;
  /** Between two drops, milliseconds. */
  readonly every: number;
  readonly random: () => number;
}

export interface DropReport {
  readonly drops: number;
  /** Times a client came back and was given the frames it missed, or a whole board. */
  readonly backlogs: number;
  readonly boards: number;
  /** Frames published during the run. */
  readonly frames: number;
  readonly deltas: number;
  readonly gaps: number;
  readonly repeats: number;
  /** Clients whose board equals the server's in the end. */
  readonly equal: number;
  /** From the last drop until every board was equal, milliseconds; `null` for never. */
  readonly settledMs: number | null;
}

/** How long after the last drop every board must equal the server's, milliseconds. */
export const SETTLE_MS = 3_000;
/** When to stop waiting for it: later, as a late board is another fault than a wrong one. */
const GIVE_UP_MS = 30_000;

/** A viewer that comes back after every drop, with full jitter, and goes on where it stood. */
class Viewer {
  readonly follower = new Follower();
  backlogs = 0;
  boards = 0;
  live: LiveClient | null = null;
  readonly #stopped = new AbortController();

  async run(url: string, brand: string, transport: TransportName, random: () => number): Promise<void> {
    for (let attempt = 0; !this.#stopped.signal.aborted; attempt++) {
      const live = await connect(transport, url).catch(() => null);
      if (live) {
        if (live.wireName !== 'websocket') throw new Error(`connected by ${live.wireName}`);
        attempt = 0;
        this.live = live;
        live.listen((message) => {
          this.follower.take(message);
          if (!isWatching(message)) return;
          if (message.mode === 'board') this.boards++;
          else this.backlogs++;
        });
        live.watch(brand, '1h', this.follower.place);
        await live.ended;
        this.live = null;
      }
      const { signal } = this.#stopped;
      await sleep(random() * Math.min(20_000, 1_000 * 2 ** attempt), null, { signal }).catch(() => null);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.live?.close();
  }
}

/**
 * Cut the lines of many viewers at random while the brand is published without pause, then compare the board
 * each of them has folded with the server's own.
 */
export async function forceDrops(app: TestApp, options: DropOptions): Promise<DropReport> {
  const { transport, clients, dropsEach, every, random } = options;
  const brand = await app.makeBrand(`drops-${transport}`);
  const fans = new Fans(app, brand);
  await fans.consent(30);
  const viewers = Array.from({ length: clients }, () => new Viewer());
  const runs = viewers.map((viewer) => viewer.run(app.url, brand, transport, random));
  while (viewers.some(({ follower }) => follower.board === null)) await sleep(10);
  const { seq: first } = await app.board(brand, '1h');

  const publishing = new AbortController();
  const publisher = (async () => {
    while (!publishing.signal.aborted) {
      await fans.act(1 + Math.floor(random() * 5), 30, { campaign: `c${Math.floor(random() * 9)}` });
      await sleep(random() * 40);
    }
  })();
  const total = clients * dropsEach;
  for (let drops = 0; drops < total;) {
    await sleep(every * 2 * random());
    const up = viewers.filter(({ live }) => live !== null);
    const victim = up[Math.floor(random() * up.length)];
    if (!victim) continue;
    victim.live?.drop();
    victim.live = null;
    drops++;
  }
  const last = performance.now();
  publishing.abort();
  await publisher;

  let [equal, settledMs, seq]: [number, number | null, number] = [0, null, first];
  while (settledMs === null && performance.now() - last < GIVE_UP_MS) {
    const board = await app.board(brand, '1h');
    const wanted = hashOf(board);
    equal = viewers.filter((v) => v.live && v.follower.board && hashOf(v.follower.board) === wanted).length;
    seq = board.seq;
    if (equal === clients) settledMs = performance.now() - last;
    else await sleep(50);
  }
  for (const viewer of viewers) viewer.stop();
  await Promise.all(runs);
  const sum = (of: (viewer: Viewer) => number) => viewers.reduce((all, viewer) => all + of(viewer), 0);
  return {
    drops: total,
    backlogs: sum((v) => v.backlogs),
    boards: sum((v) => v.boards),
    frames: seq - first,
    deltas: sum((v) => v.follower.deltas),
    gaps: sum((v) => v.follower.gaps),
    repeats: sum((v) => v.follower.repeats),
    equal,
    settledMs,
  };
}
