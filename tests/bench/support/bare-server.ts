import { createServer, type Server as HttpServer } from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { BareOrder } from './messages.ts';

/** The part of Socket.IO's server that is used here; the package is the server's own. */
interface Rooms {
  on(event: 'connection', listener: (socket: { join(room: string): void }) => void): void;
  to(room: string): { emit(event: string, body: unknown): void };
}
type SocketIo = { Server: new (http: HttpServer, options: object) => Rooms };
const { Server } = createRequire(import.meta.resolve('@fanfare/server/app.ts'))('socket.io') as SocketIo;

/** A server that does nothing but send: what a feed costs at least when it is written the usual way. */
let broadcast: (text: string) => void = () => undefined;

function listen(order: BareOrder & { do: 'listen' }): Promise<void> {
  const http = createServer();
  if (order.transport === 'raw') {
    const server = new WebSocketServer({ server: http, perMessageDeflate: false });
    broadcast = (text) => {
      for (const client of server.clients) client.send(text);
    };
  } else {
    const server = new Server(http, { serveClient: false, perMessageDeflate: false });
    server.on('connection', (socket) => socket.join('room'));
    broadcast = (text) => server.to('room').emit('frame', JSON.parse(text));
  }
  return new Promise((resolve) => http.listen(order.port, '127.0.0.1', resolve));
}

async function send(order: BareOrder & { do: 'send' }): Promise<void> {
  const started = performance.now();
  for (let i = 0; i < order.times; i++) {
    broadcast(order.text);
    await sleep(Math.max(0, started + (i + 1) * order.everyMs - performance.now()));
  }
}

process.on('message', (order: BareOrder) => {
  if (order.do === 'quit') process.exit(0);
  void (order.do === 'listen' ? listen(order) : send(order)).then(() => process.send?.({ done: true }));
});
process.on('disconnect', () => process.exit(0));
