import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import {
  CLOSE_CODES,
  LIVE_LIMITS,
  type CloseCode,
  type Heartbeat,
  type ServerMessage,
  type WindowName,
} from '@fanfare/contract';
import type { Clock } from '../parts.ts';
import type { Hub, Transport } from './hub.ts';
import { Session, beatOf, roomOf, type Viewer } from './session.ts';
import type { Packed } from './window-feed.ts';
import { textFrame } from './ws-frame.ts';

interface Peer {
  readonly ws: WebSocket;
  readonly socket: Socket;
  readonly session: Session;
  /** Rooms left out while the peer reads too slowly; it gets the whole board when it has caught up. */
  readonly behind: Set<string>;
  /** Last sign of life by `performance.now()`: a corrected wall clock must not look like silence. */
  alive: number;
}

/** How often slow, silent and revoked peers are looked at, milliseconds. */
const PATROL = 1_000;
/** Rights are asked again at every third patrol: a revoked viewer is gone within 5 s. */
const RECHECK = 3;

/** The raw WebSocket transport of `/api/v1/live`: JSON messages, one prebuilt frame per publish. */
export class RawTransport implements Transport {
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #rooms = new Map<string, Set<Peer>>();
  readonly #peers = new Set<Peer>();
  readonly #timer: NodeJS.Timeout;
  #patrols = 0;
  #closed = false;

  constructor(hub: Hub, clock: Clock) {
    this.#hub = hub;
    this.#clock = clock;
    this.#timer = setInterval(() => this.#patrol(), PATROL);
    this.#timer.unref();
  }

  /** Open connections. */
  get size(): number {
    return this.#peers.size;
  }

  /** Take a new connection. Listeners are attached at once, so that no early message is lost. */
  accept(ws: WebSocket, socket: Socket, viewer: Viewer): void {
    const session = new Session(this.#hub, viewer, this.#clock);
    const peer: Peer = { ws, socket, session, behind: new Set(), alive: performance.now() };
    this.#peers.add(peer);
    ws.on('message', (data: Buffer, binary) => this.#receive(peer, binary ? null : data.toString()));
    for (const sign of ['ping', 'pong'] as const) ws.on(sign, () => (peer.alive = performance.now()));
    // A broken frame is the peer's fault: ws closes the connection, nothing else may happen.
    ws.on('error', () => undefined);
    ws.on('close', () => this.#forget(peer));
    if (this.#closed) this.#close(peer, 4503);
    else if (!session.begin()) this.#close(peer, 4429);
  }

  publish(channel: string, window: WindowName, { text }: Packed): void {
    this.#broadcast(roomOf(channel, window), text);
  }

  heartbeat(channel: string, window: WindowName, beat: Heartbeat): void {
    this.#broadcast(roomOf(channel, window), JSON.stringify(beat));
  }

  drop(channel: string): void {
    for (const [room, peers] of this.#rooms) {
      if (room.slice(room.indexOf(' ') + 1) === channel)
        for (const peer of [...peers]) this.#close(peer, 4404);
    }
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const peer of [...this.#peers]) this.#close(peer, 4503);
  }

  #broadcast(room: string, text: string): void {
    const peers = this.#rooms.get(room);
    if (!peers?.size) return;
    const frame = textFrame(text);
    for (const peer of peers) {
      const { ws, socket } = peer;
      // Nothing may follow a close frame that ws has sent by itself.
      if (ws.readyState !== ws.OPEN) continue;
      // Uncompressed whole messages need no state of ws: bytes go straight to the socket.
      if (socket.writableLength > LIVE_LIMITS.slowBytes || peer.behind.has(room)) peer.behind.add(room);
      else socket.write(frame);
    }
  }

  #receive(peer: Peer, text: string | null): void {
    // What a peer says after it was told to go must not bring it back into a room.
    if (!this.#peers.has(peer)) return;
    peer.alive = performance.now();
    if (peer.session.tooMany()) return this.#close(peer, 4429);
    const reaction = peer.session.receive(text === null ? undefined : parse(text));
    switch (reaction.do) {
      case 'close':
        return this.#close(peer, reaction.code);
      case 'tell':
        return send(peer, reaction.error);
      case 'unfollow':
        return this.#leave(peer, roomOf(reaction.channel, reaction.window));
      case 'follow': {
        const room = roomOf(reaction.channel, reaction.window);
        send(peer, reaction.catchup.watching);
        if (reaction.catchup.frames.length === 0) send(peer, beatOf(reaction.catchup, this.#clock()));
        // One that does not read cannot fill memory by asking again and again.
        if (peer.socket.writableLength > LIVE_LIMITS.slowBytes) peer.behind.add(room);
        else {
          for (const { text: frame } of reaction.catchup.frames) peer.ws.send(frame);
          peer.behind.delete(room);
        }
        const peers = this.#rooms.get(room) ?? new Set();
        this.#rooms.set(room, peers.add(peer));
      }
    }
  }

  #patrol(): void {
    const now = performance.now();
    const recheck = ++this.#patrols % RECHECK === 0;
    for (const peer of [...this.#peers]) {
      const waiting = peer.socket.writableLength;
      if (waiting > LIVE_LIMITS.stuckBytes || now - peer.alive > LIVE_LIMITS.silentMs)
        this.#close(peer, 4408);
      else {
        if (now - peer.alive > LIVE_LIMITS.silentMs / 3) peer.ws.ping();
        if (peer.behind.size > 0 && waiting < LIVE_LIMITS.slowBytes / 4) this.#refresh(peer);
        if (recheck) this.#recheck(peer);
      }
    }
  }

  /** The peer reads again: the latest board of every room it fell behind in. */
  #refresh(peer: Peer): void {
    for (const room of [...peer.behind]) {
      // Many boards at once would fill the line again; the rest come with the next patrol.
      if (peer.socket.writableLength > LIVE_LIMITS.slowBytes) return;
      const [window, channel] = room.split(' ') as [WindowName, string];
      const whole = this.#hub.whole(channel, window);
      peer.behind.delete(room);
      if (whole) peer.ws.send(whole.text);
    }
  }

  #recheck(peer: Peer): void {
    const { over, lost } = peer.session.recheck();
    if (over) return this.#close(peer, 4401);
    if (lost.length > 0) this.#close(peer, 4403);
  }

  #close(peer: Peer, code: CloseCode): void {
    this.#forget(peer);
    if (peer.socket.writableLength < LIVE_LIMITS.slowBytes)
      send(peer, { type: 'bye', code, reason: CLOSE_CODES[code] });
    peer.ws.close(code, CLOSE_CODES[code]);
    // A peer that does not answer the close is cut off.
    setTimeout(() => peer.ws.terminate(), 2_000).unref();
  }

  #forget(peer: Peer): void {
    if (!this.#peers.delete(peer)) return;
    peer.session.end();
    for (const room of [...this.#rooms.keys()]) this.#leave(peer, room);
  }

  #leave(peer: Peer, room: string): void {
    const peers = this.#rooms.get(room);
    if (!peers?.delete(peer)) return;
    peer.behind.delete(room);
    if (peers.size === 0) this.#rooms.delete(room);
  }
}

function send(peer: Peer, message: ServerMessage): void {
  peer.ws.send(JSON.stringify(message));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
