import type { WebSocket } from 'ws';
import type { OpenSocket } from '../../outgoing/socket.ts';
import type { Clock } from '../../parts.ts';
import { Progress } from '../listening/progress.ts';
import { sleep, waitAfter } from '../listening/waits.ts';
import { COLLECTIONS } from './map.ts';

/** Messages under way at once; the socket is not read meanwhile. */
const [MOST_UNDER_WAY, FEW_UNDER_WAY] = [256, 64];
/** What is read again after a break, microseconds: a server's clock may differ from that of another. */
const OVERLAP = 10_000_000;
/** A silent server is asked for a sign of life this often, and given as long to answer. */
const BEAT_MS = 20_000;
/** Nothing came for long: so far back, microseconds, nothing is on its way any more. */
const SLACK = 600_000_000;
/** The server keeps this much, milliseconds, and leaves out what is older without a word. */
const KEPT_MS = 36 * 3_600_000;

export interface SubscriptionParts {
  readonly url: string;
  readonly open: OpenSocket;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly chance: () => number;
  /** Commit a message; false when that was ended. `alone`: after all before it, and before all after it. */
  readonly take: (message: unknown, signal: AbortSignal) => Promise<boolean>;
  readonly isAlone: (message: unknown) => boolean;
  /** What happened to the connection. */
  readonly tell: (what: 'open' | 'moved' | 'unreachable' | 'gap') => void;
}

/** One subscription to Jetstream for at most 10,000 people, held open until it is stopped. */
export class Subscription {
  readonly progress: Progress;
  readonly #parts: SubscriptionParts;
  readonly #ended = new AbortController();
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #work: Promise<void>;
  #wanted: ReadonlySet<string>;
  #socket: WebSocket | null = null;
  #open = false;
  #turn = Promise.resolve();
  #failures = 0;

  /** @param cursor microseconds from which to read, `null` for now */
  constructor(parts: SubscriptionParts, wanted: ReadonlySet<string>, cursor: number | null) {
    this.#parts = parts;
    this.#wanted = wanted;
    this.progress = new Progress(cursor);
    this.#work = this.#run();
  }

  get connected(): boolean {
    return this.#open;
  }

  /** Listen to these from now on. @param since microseconds from which to hear those who came, if any did */
  want(wanted: ReadonlySet<string>, since: number | null): void {
    this.#wanted = wanted;
    if (since === null) {
      if (this.#open) this.#say();
      return;
    }
    this.progress.rewind(since);
    this.#failures = 0;
    this.#socket?.terminate();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    this.#socket?.terminate();
    await this.#work;
    await Promise.all(this.#underWay);
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      try {
        await this.#connection();
      } catch {
        this.#parts.tell('unreachable');
      }
      this.#open = false;
      await sleep(waitAfter(this.#failures, this.#parts.chance()), signal);
      this.#failures++;
    }
  }

  /** One connection, until it ends. */
  #connection(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { clock, tell, open } = this.#parts;
    const url = new URL(this.#parts.url);
    // Everyone's acts would come if nobody were named, so nothing may come before somebody is.
    url.searchParams.set('requireHello', 'true');
    const asked = this.progress.position;
    if (asked !== null) url.searchParams.set('cursor', String(Math.max(1, asked - OVERLAP)));
    const tooOld = asked !== null && asked / 1_000 < clock() - KEPT_MS;
    let alive = true;
    let refused = false;
    const socket = open(url);
    this.#socket = socket;
    const beat = setInterval(() => {
      // Nothing is heard while nothing is read.
      if (socket.isPaused) return;
      if (!alive) return socket.terminate();
      alive = false;
      if (this.#open) socket.ping(Buffer.from(String(clock())));
    }, BEAT_MS);
    beat.unref();
    socket.on('open', () => {
      this.#open = alive = true;
      this.#say();
      tell(tooOld ? 'gap' : 'open');
      if (tooOld || asked === null) this.progress.reach((clock() - (tooOld ? KEPT_MS : 0)) * 1_000);
    });
    socket.on('pong', (sent) => {
      alive = true;
      if (this.progress.size > 0 || socket.isPaused) return;
      this.progress.reach(Number(sent.toString()) * 1_000 - SLACK);
      tell('moved');
    });
    socket.on('message', (data: Buffer, isBinary) => {
      alive = true;
      this.#failures = 0;
      if (!isBinary) this.#receive(socket, data.toString());
    });
    socket.on('unexpected-response', (request, response) => {
      // A newer server says plainly that it does not have what is asked for.
      if (response.statusCode === 400 && asked !== null) {
        refused = true;
        this.progress.reach(clock() * 1_000);
        tell('gap');
      }
      request.destroy();
      socket.terminate();
    });
    // `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(beat);
      if (!this.#open && !refused && !this.#ended.signal.aborted) tell('unreachable');
      resolve();
    });
    return promise;
  }

  /** Tell the server whom to send. Never an empty list: that would mean everyone. */
  #say(): void {
    if (this.#wanted.size === 0) return void this.#socket?.terminate();
    const payload = { wantedCollections: COLLECTIONS, wantedDids: [...this.#wanted], maxMessageSizeBytes: 0 };
    this.#socket?.send(JSON.stringify({ type: 'options_update', payload }));
  }

  #receive(socket: WebSocket, text: string): void {
    const message = parse(text);
    const { did, time_us: at } = message ?? {};
    // Who is not named is nobody's business, whatever the server sends.
    if (message === null || typeof did !== 'string' || !this.#wanted.has(did)) return;
    const done = this.progress.begin(typeof at === 'number' ? at : (this.progress.position ?? 0));
    const work = this.#take(message, done).finally(() => {
      this.#underWay.delete(work);
      // The connection of now: the one it came by may be gone, and this one wait for it.
      if (this.#socket?.isPaused && this.progress.size <= FEW_UNDER_WAY) this.#socket.resume();
    });
    this.#underWay.add(work);
    if (this.progress.size >= MOST_UNDER_WAY) socket.pause();
  }

  async #take(message: object, done: () => void): Promise<void> {
    const { take, isAlone, tell } = this.#parts;
    const { signal } = this.#ended;
    const before = this.#turn;
    const all = [...this.#underWay];
    const alone = isAlone(message);
    const work = before.then(async () => {
      if (alone) await Promise.all(all);
      if (!(await take(message, signal))) return;
      done();
      tell('moved');
    });
    if (alone) this.#turn = work;
    await work;
  }
}

function parse(text: string): { readonly did?: unknown; readonly time_us?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
