import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { CLOSE_CODES, LIVE_LIMITS, type CloseCode, type Heartbeat, type WindowName } from '@fanfare/contract';
import type { Clock } from '../parts.ts';
import type { Hub, Transport } from './hub.ts';
import { Session, roomOf, type Reaction, type Viewer } from './session.ts';
import type { Packed } from './window-feed.ts';

/** What a handshake gives away about who connects. */
export interface Handshake {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Token of the `auth` packet, if any. */
  readonly token: string | undefined;
}

interface Peer {
  readonly session: Session;
  readonly behind: Set<string>;
  /** Characters engine.io holds because the transport is not writable. */
  held: number;
}

const PATROL = 1_000;

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
  readonly #io: Server;
  readonly #parts: SocketIoParts;
  readonly #peers = new Map<Socket, Peer>();
  readonly #timer: NodeJS.Timeout;

  constructor(server: HttpServer, parts: SocketIoParts) {
    this.#parts = parts;
    this.#io = new Server(server, {
      path: '/socket.io/',
      serveClient: false,
      // Another owner dispatches upgrades of other paths; engine.io must leave them alone.
      destroyUpgrade: false,
      maxHttpBufferSize: LIVE_LIMITS.messageBytes,
      pingInterval: 10_000,
      pingTimeout: LIVE_LIMITS.silentMs - 10_000,
      perMessageDeflate: false,
      httpCompression: false,
    });
    this.#io.on('connection', (socket) => this.#accept(socket));
    this.#timer = setInterval(() => this.#patrol(), PATROL);
    this.#timer.unref();
  }

  publish(brand: string, window: WindowName, { frame }: Packed): void {
    this.#io.to(roomOf(brand, window)).emit('frame', frame);
  }

  heartbeat(brand: string, window: WindowName, beat: Heartbeat): void {
    this.#io.to(roomOf(brand, window)).emit('frame', beat);
  }

  drop(brand: string): void {
    for (const [socket] of this.#peers) {
      if ([...socket.rooms].some((room) => room.slice(room.indexOf(' ') + 1) === brand))
        this.#close(socket, 4404);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    for (const socket of this.#peers.keys()) this.#close(socket, 4503);
    await this.#io.close();
  }

  #accept(socket: Socket): void {
    const { hub, clock, identify } = this.#parts;
    const auth: unknown = socket.handshake.auth;
    const viewer = identify({ headers: socket.handshake.headers, token: tokenOf(auth) });
    if (!viewer) return this.#close(socket, 4401);
    const session = new Session(hub, viewer, clock);
    const peer: Peer = { session, behind: new Set(), held: 0 };
    this.#peers.set(socket, peer);
    socket.conn.on('packetCreate', ({ data }) => (peer.held += typeof data === 'string' ? data.length : 0));
    socket.conn.on('flush', () => (peer.held = 0));
    for (const type of ['watch', 'unwatch'] as const) {
      socket.on(type, (body: unknown) => this.#react(socket, session.receive(withType(body, type))));
    }
    socket.on('disconnect', () => {
      session.end();
      this.#peers.delete(socket);
    });
  }

  #react(socket: Socket, reaction: Reaction): void {
    switch (reaction.do) {
      case 'close':
        return this.#close(socket, reaction.code);
      case 'tell':
        socket.emit('problem', reaction.error);
        return;
      case 'unfollow':
        void socket.leave(roomOf(reaction.brand, reaction.window));
        return;
      case 'follow':
        socket.emit('watching', reaction.catchup.watching);
        for (const { frame } of reaction.catchup.frames) socket.emit('frame', frame);
        this.#peers.get(socket)?.behind.delete(roomOf(reaction.brand, reaction.window));
        void socket.join(roomOf(reaction.brand, reaction.window));
    }
  }

  /** A socket with too much waiting leaves its rooms until it has read. */
  #holdBack(socket: Socket, peer: Peer): void {
    for (const room of socket.rooms) {
      if (room === socket.id) continue;
      peer.behind.add(room);
      void socket.leave(room);
    }
  }

  #patrol(): void {
    for (const [socket, peer] of [...this.#peers]) {
      const bytes = waiting(socket, peer);
      if (bytes > LIVE_LIMITS.stuckBytes) {
        this.#close(socket, 4408);
        continue;
      }
      if (bytes > LIVE_LIMITS.slowBytes) this.#holdBack(socket, peer);
      else if (peer.behind.size > 0 && bytes < LIVE_LIMITS.slowBytes / 4) this.#refresh(socket, peer);
      const { over, lost } = peer.session.recheck();
      if (over) this.#close(socket, 4401);
      else if (lost.length > 0) this.#close(socket, 4403);
    }
  }

  #refresh(socket: Socket, peer: Peer): void {
    for (const room of peer.behind) {
      const [window, brand] = room.split(' ') as [WindowName, string];
      const whole = this.#parts.hub.whole(brand, window);
      if (!whole) continue;
      socket.emit('frame', whole.frame);
      void socket.join(room);
    }
    peer.behind.clear();
  }

  #close(socket: Socket, code: CloseCode): void {
    this.#peers.get(socket)?.session.end();
    this.#peers.delete(socket);
    socket.emit('bye', { code, reason: CLOSE_CODES[code] });
    socket.disconnect(true);
  }
}

/** Bytes that wait to be read by the other side: in the socket, and in engine.io's own buffer. */
function waiting(socket: Socket, { held }: Peer): number {
  return socket.request.socket.writableLength + held;
}

function tokenOf(auth: unknown): string | undefined {
  const token = typeof auth === 'object' && auth !== null && 'token' in auth ? auth.token : undefined;
  return typeof token === 'string' ? token : undefined;
}

function withType(body: unknown, type: string): unknown {
  return typeof body === 'object' && body !== null ? { ...body, type } : body;
}
