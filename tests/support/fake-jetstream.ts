import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** One message of the stream without its place in it. */
export type Told = { readonly did: string; readonly kind: string } & Readonly<Record<string, unknown>>;

interface Logged {
  readonly at: number;
  readonly did: string;
  readonly collection: string | null;
  readonly text: string;
}

interface Viewer {
  readonly socket: WebSocket;
  wanted: Set<string> | null;
  collections: readonly string[];
  /** Place of the last message that was sent. */
  next: number;
}

/** The network's bound on names in one subscription. */
const MOST = 10_000;

/**
 * A Jetstream (v1) on this machine: it keeps what it is told, sends from a cursor on what was asked for,
 * and can drop, repeat, delay and shuffle. It never sends what was not wanted, and notes bad questions.
 */
export class FakeJetstream {
  /** Everybody who was ever named. */
  readonly asked = new Set<string>();
  /** Questions that the real one answers by hanging up, or with everyone's acts. */
  readonly bad: string[] = [];
  /** Connections so far, and those open now. */
  connections = 0;
  /** Messages sent. */
  sent = 0;
  /** Each message is sent so often. */
  repeats = 1;
  /** Longest delay of a message, milliseconds: later ones overtake it. */
  lag = 0;
  /** How much is kept, microseconds; older cursors are moved up without a word. */
  kept = 36 * 3_600_000_000;
  /** Nobody gets in. */
  refuses = false;
  /** Answer to old cursors as the newer protocol does. */
  strict = false;
  readonly #log: Logged[] = [];
  readonly #viewers = new Set<Viewer>();
  readonly #server = createServer();
  readonly #chance: () => number;
  readonly #now: () => number;
  #last = 0;

  /** @param now milliseconds @param chance numbers in [0, 1) */
  constructor(now: () => number, chance: () => number = Math.random) {
    this.#now = now;
    this.#chance = chance;
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 10_485_760 });
    this.#server.on('upgrade', (request, stream, head) => {
      const url = new URL(request.url ?? '/', 'http://x');
      const cursor = Number(url.searchParams.get('cursor') ?? Number.NaN);
      const tooOld = cursor < this.#now() * 1_000 - this.kept;
      if (this.refuses) return void stream.destroy();
      if (this.strict && tooOld)
        return void stream.end(
          'HTTP/1.1 400 Bad Request\r\ncontent-length: 28\r\n\r\n{"error":"CursorTooOld","a":1}',
        );
      sockets.handleUpgrade(request, stream, head, (socket) => this.#accept(socket, url, cursor));
    });
  }

  static async start(now: () => number, chance?: () => number): Promise<FakeJetstream> {
    const fake = new FakeJetstream(now, chance);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/subscribe`;
  }

  get open(): number {
    return this.#viewers.size;
  }

  /** People named by those who listen now. */
  get wanted(): ReadonlySet<string> {
    return new Set([...this.#viewers].flatMap(({ wanted }) => [...(wanted ?? [])]));
  }

  /** Something happened at the network. @param ago microseconds it took to get here */
  tell(message: Told, ago = 0): void {
    const at = Math.max(this.#last + 1, Math.floor(this.#now() * 1_000) - ago);
    this.#last = at;
    const collection = (message['commit'] as { collection?: string } | undefined)?.collection ?? null;
    this.#log.push({ at, did: message.did, collection, text: JSON.stringify({ ...message, time_us: at }) });
    if (this.#log.length > 200_000) this.#forget();
    for (const viewer of this.#viewers) this.#pump(viewer);
  }

  /** Every line breaks. */
  drop(): void {
    for (const { socket } of this.#viewers) socket.terminate();
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: WebSocket, url: URL, cursor: number): void {
    this.connections += 1;
    const first = Math.max(cursor, this.#now() * 1_000 - this.kept);
    const from = this.#log.findIndex(({ at }) => at >= first);
    const next = Number.isNaN(cursor) || from < 0 ? this.#log.length : from;
    const viewer: Viewer = { socket, wanted: null, collections: [], next };
    this.#viewers.add(viewer);
    socket.on('close', () => this.#viewers.delete(viewer));
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => this.#hear(viewer, data.toString()));
    if (url.searchParams.get('requireHello') !== 'true') this.bad.push('everyone, until somebody is named');
  }

  #hear(viewer: Viewer, text: string): void {
    const { type, payload } = JSON.parse(text) as {
      type: string;
      payload: { wantedDids: string[]; wantedCollections: string[] };
    };
    const { wantedDids, wantedCollections } = payload;
    if (type !== 'options_update' || wantedDids.length > MOST) {
      this.bad.push(`${type} with ${wantedDids.length} names`);
      return viewer.socket.terminate();
    }
    if (wantedDids.length === 0) this.bad.push('everyone');
    for (const did of wantedDids) this.asked.add(did);
    viewer.wanted = new Set(wantedDids);
    viewer.collections = wantedCollections;
    this.#pump(viewer);
  }

  #pump(viewer: Viewer): void {
    const { wanted, collections, socket } = viewer;
    if (wanted === null) return;
    for (; viewer.next < this.#log.length; viewer.next++) {
      const { did, collection, text } = this.#log[viewer.next]!;
      if (!wanted.has(did) || (collection !== null && !collections.includes(collection))) continue;
      for (let i = 0; i < this.repeats; i++) {
        const send = () => {
          this.sent += 1;
          socket.send(text);
        };
        if (this.lag === 0) send();
        else setTimeout(send, this.#chance() * this.lag);
      }
    }
  }

  #forget(): void {
    const gone = this.#log.length - 100_000;
    this.#log.splice(0, gone);
    for (const viewer of this.#viewers) viewer.next = Math.max(0, viewer.next - gone);
  }
}
