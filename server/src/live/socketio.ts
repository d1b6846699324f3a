import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, type DefaultEventsMap, type Socket as AnySocket } from 'socket.io';
import { CLOSE_CODES, LIVE_LIMITS, type CloseCode, type Heartbeat, type WindowName } from '@fanfare/contract';
import { onlyDisplay } from '../domain/access/wall.ts';
import type { Clock } from '../parts.ts';
import type { Hub, Transport } from './hub.ts';
import { Outbox } from './outbox.ts';
import { Session, beatOf, roomOf, type Reaction, type Viewer } from './session.ts';
import type { Packed } from './window-feed.ts';
import { textFrame } from './ws-frame.ts';

/** What a handshake gives away about who connects. */
export interface Handshake {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Address that connects; a proxy's, when one is in front. */
  readonly address: string;
  /** Token of the `auth` packet, if any. */
  readonly token: string | undefined;
}

type Events = DefaultEventsMap;
type Socket = AnySocket<Events, Events, Events, { viewer: Viewer }>;

interface Peer {
  readonly session: Session;
  readonly outbox: Outbox;
  /** Rooms left while the peer reads too slowly; it gets the whole board when it has caught up. */
  readonly behind: Set<string>;
  /** Last sign of life, by `performance.now()`. */
  alive: number;
}

/** What an event of the namespace `/` begins with: a message of engine.io, an event of Socket.IO. */
const EVENT = '42';
/** How often slow and revoked peers are looked at, milliseconds. */
const PATROL = 1_000;
/** How long an orderly end waits for the other sides, milliseconds. */
const GRACE = 500;
/** How long a slow reader has to answer the close, milliseconds. */
const PATIENCE = 2_000;
/** Rights are asked again at every third patrol: a revoked viewer is gone within 5 s. */
const RECHECK = 3;

export interface SocketIoParts {
  readonly hub: Hub;
  readonly clock: Clock;
  /** Called at every (re)connect; null refuses the connection. */
  readonly identify: (handshake: Handshake) => Viewer | null;
}

/**
 * The Socket.IO transport of our own pages, over the same hub. Events in: `watch`, `unwatch`; out:
 * `watching`, `frame`, `problem`, `bye`. Connection state recovery stays off: it skips the rights.
 */
export class SocketIoTransport implements Transport {
  readonly #io: Server<Events, Events, Events, { viewer: Viewer }>;
  readonly #parts: SocketIoParts;
  readonly #peers = new Map<Socket, Peer>();
  readonly #timer: NodeJS.Timeout;
  #patrols = 0;
  #closed = false;

  constructor(server: HttpServer, parts: SocketIoParts) {
    this.#parts = parts;
    this.#io = new Server<Events, Events, Events, { viewer: Viewer }>(server, {
      path: '/socket.io/',
      serveClient: false,
      // Another owner dispatches upgrades of other paths; engine.io must leave them alone.
      destroyUpgrade: false,
      maxHttpBufferSize: LIVE_LIMITS.messageBytes,
      // Whoever is let in has asked at once; others hold no place for long.
      connectTimeout: 5_000,
      pingInterval: 10_000,
      // Silence is seen by the patrol, which says why it closes; engine.io is the second net.
      pingTimeout: LIVE_LIMITS.silentMs - 5_000,
      perMessageDeflate: false,
      httpCompression: false,
    });
    this.#io.use((socket, next) => {
      const { auth, address, query } = socket.handshake;
      const headers =
        query['as'] === 'display' ? onlyDisplay(socket.handshake.headers) : socket.handshake.headers;
      const viewer = this.#closed ? null : this.#parts.identify({ headers, address, token: tokenOf(auth) });
      if (viewer) socket.data.viewer = viewer;
      next(viewer ? undefined : new Error(CLOSE_CODES[this.#closed ? 4503 : 4401]));
    });
    this.#io.on('connection', (socket) => this.#accept(socket));
    this.#timer = setInterval(() => this.#patrol(), PATROL);
    this.#timer.unref();
  }

  /** Open connections. */
  get size(): number {
    return this.#peers.size;
  }

  publish(channel: string, window: WindowName, { text }: Packed): void {
    this.#broadcast(roomOf(channel, window), text);
  }

  heartbeat(channel: string, window: WindowName, beat: Heartbeat): void {
    this.#broadcast(roomOf(channel, window), JSON.stringify(beat));
  }

  /** Serialised once for all who are in the room, and not at all when nobody is. */
  #broadcast(room: string, text: string): void {
    const { adapter, sockets } = this.#io.sockets;
    const ids = adapter.rooms.get(room);
    if (!ids?.size) return;
    const frame = textFrame(`${EVENT}["frame",${text}]`);
    let value: unknown;
    for (const id of ids) {
      const socket = sockets.get(id);
      const peer = socket && this.#peers.get(socket);
      if (!peer) continue;
      const { bytes } = peer.outbox;
      if (bytes > LIVE_LIMITS.slowBytes) this.#weigh(socket, bytes);
      else if (!peer.outbox.write(frame)) socket.emit('frame', (value ??= JSON.parse(text)));
    }
  }

  drop(channel: string): void {
    for (const [socket, { behind }] of [...this.#peers]) {
      const rooms = [...socket.rooms, ...behind];
      if (rooms.some((room) => room.slice(room.indexOf(' ') + 1) === channel)) this.#close(socket, 4404);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const peers = [...this.#peers];
    for (const [socket] of peers) this.#close(socket, 4503);
    await this.#io.of('/').adapter.close();
    // A moment for the goodbyes to be read; whoever does not answer is cut off.
    for (let i = 0; i < GRACE / 25 && this.#io.engine.clientsCount > 0; i++) await sleep(25);
    for (const [, { outbox }] of peers) outbox.discard(0);
    // Not `io.close`: it would wait for every request of the HTTP server, which has another owner.
    this.#io.engine.close();
  }

  #accept(socket: Socket): void {
    const session = new Session(this.#parts.hub, socket.data.viewer, this.#parts.clock);
    const outbox = new Outbox(socket.conn, (bytes) => this.#weigh(socket, bytes));
    const peer: Peer = { session, outbox, behind: new Set(), alive: performance.now() };
    this.#peers.set(socket, peer);
    // Counted here, packets count that never become an event: acknowledgements, attachments.
    socket.conn.on('packet', ({ type }) => {
      peer.alive = performance.now();
      if (type === 'message' && this.#peers.has(socket) && session.tooMany()) this.#close(socket, 4429);
    });
    socket.onAny((type: string, body: unknown) => {
      if (this.#peers.has(socket)) this.#react(socket, session.receive(withType(body, type)));
    });
    socket.on('disconnect', () => {
      session.end();
      this.#peers.delete(socket);
    });
    if (!session.begin()) this.#close(socket, 4429);
  }

  #react(socket: Socket, reaction: Reaction): void {
    switch (reaction.do) {
      case 'close':
        return this.#close(socket, reaction.code);
      case 'tell':
        socket.emit('problem', reaction.error);
        return;
      case 'unfollow':
        this.#peers.get(socket)?.behind.delete(roomOf(reaction.channel, reaction.window));
        void socket.leave(roomOf(reaction.channel, reaction.window));
        return;
      case 'follow':
        socket.emit('watching', reaction.catchup.watching);
        if (reaction.catchup.frames.length === 0)
          socket.emit('frame', beatOf(reaction.catchup, this.#parts.clock()));
        return this.#follow(socket, roomOf(reaction.channel, reaction.window), reaction.catchup.frames);
    }
  }

  #follow(socket: Socket, room: string, frames: readonly Packed[]): void {
    const peer = this.#peers.get(socket);
    if (!peer) return;
    // One that does not read cannot fill memory by asking again and again.
    if (peer.outbox.bytes > LIVE_LIMITS.slowBytes) {
      peer.behind.add(room);
      return;
    }
    peer.behind.delete(room);
    void socket.join(room);
    for (const { frame } of frames) socket.emit('frame', frame);
  }

  /** Something has to wait: whoever has too much waiting leaves its rooms until it has read. */
  #weigh(socket: Socket, bytes: number): void {
    const peer = this.#peers.get(socket);
    if (!peer || bytes <= LIVE_LIMITS.slowBytes) return;
    for (const room of socket.rooms) {
      if (room === socket.id) continue;
      peer.behind.add(room);
      void socket.leave(room);
    }
  }

  #patrol(): void {
    const recheck = ++this.#patrols % RECHECK === 0;
    for (const [socket, peer] of [...this.#peers]) {
      const { bytes } = peer.outbox;
      if (bytes > LIVE_LIMITS.stuckBytes || performance.now() - peer.alive > LIVE_LIMITS.silentMs) {
        this.#close(socket, 4408);
        continue;
      }
      if (peer.behind.size > 0 && bytes < LIVE_LIMITS.slowBytes / 4) this.#refresh(socket, peer);
      if (!recheck) continue;
      const { over, lost } = peer.session.recheck();
      if (over) this.#close(socket, 4401);
      else if (lost.length > 0) this.#close(socket, 4403);
    }
  }

  #refresh(socket: Socket, peer: Peer): void {
    const rooms = [...peer.behind];
    peer.behind.clear();
    for (const room of rooms) {
      const [window, channel] = room.split(' ') as [WindowName, string];
      const whole = this.#parts.hub.whole(channel, window);
      if (whole) this.#follow(socket, room, [whole]);
    }
  }

  #close(socket: Socket, code: CloseCode): void {
    const peer = this.#peers.get(socket);
    peer?.session.end();
    this.#peers.delete(socket);
    socket.emit('bye', { code, reason: CLOSE_CODES[code] });
    if (peer && peer.outbox.bytes > LIVE_LIMITS.slowBytes) peer.outbox.discard(PATIENCE);
    else socket.disconnect(true);
  }
}

function tokenOf(auth: unknown): string | undefined {
  const token = typeof auth === 'object' && auth !== null && 'token' in auth ? auth.token : undefined;
  return typeof token === 'string' ? token : undefined;
}

function withType(body: unknown, type: string): unknown {
  return typeof body === 'object' && body !== null ? { ...body, type } : body;
}
