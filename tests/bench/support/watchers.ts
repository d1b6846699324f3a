import { hrtime } from 'node:process';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { percentile } from './numbers.ts';
import type { Delivered, WatcherOrder, WatcherReply } from './messages.ts';

/**
 * A process of watchers, driven by messages of its parent. It reads only what it needs of a frame (its
 * number), so that a thousand of them fit on one core.
 */
const NUMBER = /"seq":(\d+)/;
const close: (() => void)[] = [];
/** Per frame number, when each client got it (ms of the system's monotonic clock). */
const arrivals = new Map<number, number[]>();
let [deliveries, bytes, gaps, duplicates] = [0, 0, 0, 0];
let sample = '';
const transports = new Set<string>();

const now = () => Number(hrtime.bigint()) / 1e6;

function arrived(client: { last: number }, seq: number): void {
  deliveries++;
  if (client.last >= 0 && seq > client.last + 1) gaps++;
  if (seq <= client.last) duplicates++;
  client.last = seq;
  const times = arrivals.get(seq);
  if (times) times.push(now());
  else arrivals.set(seq, [now()]);
}

async function openRaw(order: WatcherOrder & { do: 'open' }): Promise<void> {
  const ws = new WebSocket(order.url, {
    perMessageDeflate: false,
    headers: { authorization: `Bearer ${order.token}` },
  });
  const client = { last: -1 };
  const ready = Promise.withResolvers<void>();
  ws.on('error', ready.reject);
  ws.on('open', () => {
    transports.add('websocket');
    if (order.watch === null) return ready.resolve();
    ws.send(JSON.stringify({ type: 'watch', ...order.watch }));
  });
  ws.on('message', (data: Buffer) => {
    const head = data.toString('latin1', 0, 200);
    bytes += data.length;
    if (order.watch === null) return void deliveries++;
    if (head.startsWith('{"type":"delta"') || head.startsWith('{"type":"board"')) {
      arrived(client, Number(NUMBER.exec(head)?.[1] ?? NUMBER.exec(data.toString())?.[1]));
      if (head.startsWith('{"type":"delta"')) sample = data.toString();
    }
    ready.resolve();
  });
  await ready.promise;
  close.push(() => ws.terminate());
}

async function openSocketIo(order: WatcherOrder & { do: 'open' }): Promise<void> {
  const socket: Socket = io(order.url, {
    transports: ['websocket'],
    auth: { token: order.token },
    forceNew: true,
    reconnection: false,
  });
  const client = { last: -1 };
  const ready = Promise.withResolvers<void>();
  socket.on('connect_error', ready.reject);
  socket.on('connect', () => {
    transports.add(socket.io.engine.transport.name);
    if (order.watch === null) ready.resolve();
    else socket.emit('watch', order.watch);
  });
  socket.on('frame', (frame: { type: string; seq: number }) => {
    if (order.watch === null) return void deliveries++;
    if (frame.type !== 'heartbeat') arrived(client, frame.seq);
    ready.resolve();
  });
  await ready.promise;
  close.push(() => void socket.disconnect());
}

function report(posts: readonly (readonly [seq: number, at: number])[]): Delivered {
  const latencies = posts.flatMap(([seq, at]) => (arrivals.get(seq) ?? []).map((time) => time - at));
  const missing = posts.filter(([seq]) => !arrivals.has(seq)).length;
  return {
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    most: latencies.reduce((a, b) => Math.max(a, b), 0),
    pairs: latencies.length,
    frames: arrivals.size,
    ...{ missing, deliveries, bytes, gaps, duplicates, sample },
    transports: [...transports],
  };
}

async function obey(order: WatcherOrder): Promise<Delivered | null> {
  switch (order.do) {
    case 'open':
      // Fifty at a time: a thousand handshakes at once would only measure the queue of the listener.
      for (let left = order.count; left > 0; left -= 50) {
        const some = Array.from({ length: Math.min(50, left) }, () =>
          order.transport === 'raw' ? openRaw(order) : openSocketIo(order),
        );
        await Promise.all(some);
      }
      return null;
    case 'forget':
      arrivals.clear();
      [deliveries, bytes, gaps, duplicates] = [0, 0, 0, 0];
      return null;
    case 'report':
      return report(order.posts);
    case 'close':
      for (const end of close.splice(0)) end();
      return null;
  }
}

process.on('message', (order: WatcherOrder) => {
  void obey(order).then(
    (delivered) => process.send?.({ delivered } satisfies WatcherReply),
    (fault: unknown) => process.send?.({ fault: String(fault), delivered: null } satisfies WatcherReply),
  );
});
process.on('disconnect', () => process.exit(0));
