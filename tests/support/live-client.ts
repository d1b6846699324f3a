import { Socket as NetSocket } from 'node:net';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Bye, Frame, LiveError, ServerMessage, Watch, Watching, WindowName } from '@fanfare/contract';
import { TOKEN } from './app.ts';

/** The two transports of the one live feed. */
export type TransportName = 'raw' | 'socketio';
export const TRANSPORTS: readonly TransportName[] = ['raw', 'socketio'];

/** How a connection ended: the code of the `bye`, else the one of the close frame, else `null`. */
export interface Ending {
  readonly code: number | null;
  /** True when a `bye` said so. */
  readonly bye: boolean;
}

export interface LiveOptions {
  /** Bearer token; `null` for none. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Socket.IO only: how it may connect. */
  readonly transports?: readonly string[];
}

/** One connection to the live feed, used once; the same for both transports. */
export class LiveClient {
  readonly log: { readonly at: number; readonly message: ServerMessage }[] = [];
  readonly ended: Promise<Ending>;
  readonly transport: TransportName;
  readonly #wire: Wire;
  readonly #ears = new Set<(message: ServerMessage) => void>();
  #read = 0;

  constructor(transport: TransportName, wire: Wire) {
    this.transport = transport;
    this.#wire = wire;
    const ended = Promise.withResolvers<Ending>();
    this.ended = ended.promise;
    let bye: Bye | null = null;
    wire.hear = (message) => {
      if (message.type === 'bye') bye = message;
      this.log.push({ at: performance.now(), message });
      for (const ear of [...this.#ears]) ear(message);
    };
    wire.over = (code) => ended.resolve({ code: bye?.code ?? code, bye: bye !== null });
  }

  get messages(): readonly ServerMessage[] {
    return this.log.map(({ message }) => message);
  }

  /** Engine.IO's name of the transport in use; `websocket` for raw. */
  get wireName(): string {
    return this.#wire.name();
  }

  watch(brand: string, window: WindowName, at: Pick<Watch, 'epoch' | 'seq'> = {}): void {
    this.send({ type: 'watch', brand, window, ...at });
  }

  unwatch(brand: string, window: WindowName): void {
    this.send({ type: 'unwatch', brand, window });
  }

  /** Send a message with a `type`, however wrong the rest. */
  send(message: { readonly type: string; readonly [field: string]: unknown }): void {
    this.#wire.send(message);
  }

  /** Hear every message from now on, until the function given back is called. */
  listen(ear: (message: ServerMessage) => void): () => void {
    this.#ears.add(ear);
    return () => this.#ears.delete(ear);
  }

  /** The next unread message that fits; those before it count as read. */
  async next<T extends ServerMessage>(
    fits: (message: ServerMessage) => message is T,
    within = 20_000,
  ): Promise<T> {
    const until = performance.now() + within;
    for (;;) {
      while (this.#read < this.log.length) {
        const { message } = this.log[this.#read++]!;
        if (fits(message)) return message;
      }
      if (!(await this.#more(until - performance.now())))
        throw new Error(`nothing that fits within ${within} ms after ${this.#read} messages`);
    }
  }

  /** Stop to read from the network; the server has to hold what it sends. */
  pause(): void {
    this.#wire.tcp().pause();
  }

  resume(): void {
    this.#wire.tcp().resume();
  }

  /** Cut the line without a word. */
  drop(): void {
    this.#wire.tcp().destroy();
  }

  close(): void {
    this.#wire.close();
  }

  #more(within: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), Math.max(0, within));
    const deaf = this.listen(() => resolve(true));
    return promise.finally(() => (clearTimeout(timer), deaf()));
  }
}

export const isWatching = (m: ServerMessage): m is Watching => m.type === 'watching';
export const isError = (m: ServerMessage): m is LiveError => m.type === 'error';
export const isChange = (m: ServerMessage): m is Exclude<Frame, { type: 'heartbeat' }> =>
  m.type === 'board' || m.type === 'delta';
export const isBeat = (m: ServerMessage): m is Extract<Frame, { type: 'heartbeat' }> =>
  m.type === 'heartbeat';

/** Connect, with every right unless told otherwise. Rejects when the server refuses. */
export function connect(
  transport: TransportName,
  url: string,
  options: LiveOptions = {},
): Promise<LiveClient> {
  return transport === 'raw' ? connectRaw(url, options) : connectSocketIo(url, options);
}

interface Wire {
  hear: (message: ServerMessage) => void;
  over: (code: number | null) => void;
  send(message: { readonly type: string }): void;
  tcp(): NetSocket;
  name(): string;
  close(): void;
}

const silent = { hear: () => undefined, over: () => undefined };

async function connectRaw(url: string, { token = TOKEN, headers = {} }: LiveOptions): Promise<LiveClient> {
  const rights = token === null ? {} : { authorization: `Bearer ${token}` };
  const ws = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, {
    headers: { ...rights, ...headers },
  });
  const wire: Wire = {
    ...silent,
    send: (message) => ws.send(JSON.stringify(message)),
    tcp: () => tcpOf(ws),
    name: () => 'websocket',
    close: () => ws.close(),
  };
  ws.on('message', (data: Buffer) => wire.hear(JSON.parse(data.toString()) as ServerMessage));
  ws.on('close', (code) => wire.over(code === 1005 || code === 1006 ? null : code));
  const client = new LiveClient('raw', wire);
  await new Promise<void>((resolve, reject) => {
    ws.on('open', resolve);
    ws.on('error', reject);
  });
  return client;
}

async function connectSocketIo(url: string, options: LiveOptions): Promise<LiveClient> {
  const { token = TOKEN, headers = {}, transports = ['websocket'] } = options;
  const socket = io(url, {
    transports: [...transports],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...headers },
    ...(token === null ? {} : { auth: { token } }),
  });
  const wire: Wire = {
    ...silent,
    send: ({ type, ...body }) => void socket.emit(type, body),
    tcp: () => tcpOf('ws' in socket.io.engine.transport ? socket.io.engine.transport.ws : null),
    name: () => socket.io.engine.transport.name,
    close: () => void socket.disconnect(),
  };
  for (const event of ['watching', 'frame', 'problem'] as const)
    socket.on(event, (message: ServerMessage) => wire.hear(message));
  socket.on('bye', (bye: Bye) => wire.hear({ ...bye, type: 'bye' }));
  socket.on('disconnect', () => wire.over(null));
  const client = new LiveClient('socketio', wire);
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', (error) => (socket.disconnect(), reject(error)));
  });
  return client;
}

/** The TCP socket under a WebSocket of the `ws` package, which keeps it to itself. */
export function tcpOf(ws: unknown): NetSocket {
  const tcp = typeof ws === 'object' && ws !== null && '_socket' in ws ? ws._socket : null;
  if (tcp instanceof NetSocket) return tcp;
  throw new Error('there is no open TCP socket');
}
