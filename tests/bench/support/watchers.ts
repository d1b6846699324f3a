import { hrtime } from 'node:process';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { LeanReader, type OnText } from './lean-reader.ts';
import { percentile } from './numbers.ts';
import type { Delivered, WatcherOrder, WatcherReply } from './messages.ts';

type Open = WatcherOrder & { do: 'open' };

/**
 * A process of watchers, driven by messages of its parent. Every twentieth is a whole client (`ws`,
 * `socket.io-client`); the others read only what they need of a frame, its number, so that a thousand
 * of them fit on one core. All of them are counted alike.
 */
const WHOLE = 20;
const NUMBER = /"seq":(\d+)/;
const close: (() => void)[] = [];
/** Per frame number, when each client got it (ms of the system's monotonic clock). */
const arrivals = new Map<number, number[]>();
let [deliveries, bytes, gaps, duplicates] = [0, 0, 0, 0];
let sample = '';
const transports = new Set<string>();

/** Of the system's monotonic clock, which all processes share; the cheap clock runs along with it. */
const started = Number(hrtime.bigint()) / 1e6 - performance.now();
const now = () => started + performance.now();

function arrived(client: { last: number }, seq: number): void {
  deliveries++;
  if (client.last >= 0 && seq > client.last + 1) gaps++;
  if (seq <= client.last) duplicates++;
  client.last = seq;
  const times = arrivals.get(seq);
  if (times) times.push(now());
  else arrivals.set(seq, [now()]);
}

async function openRaw(order: Open): Promise<void> {
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

async function openSocketIo(order: Open): Promise<void> {
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

/** What Engine.IO and Socket.IO put before the messages of theirs that a watcher meets. */
const [OPENED, PING, CONNECTED, EVENT] = ['0', '2', '40', '42'] as const;
const FRAME = `${EVENT}["frame",`;
/** A frame begins with its type, whose initial tells which it is. */
const TYPE = '{"type":"'.length;
const [OPEN, DELTA, BOARD] = [...Buffer.from('{db')] as [number, number, number];
const SEQ = Buffer.from('"seq":');

async function openLean(order: Open): Promise<void> {
  const isRaw = order.transport === 'raw';
  const url = new URL(isRaw ? order.url : `${order.url}/socket.io/?EIO=4&transport=websocket`);
  const client = { last: -1 };
  const ready = Promise.withResolvers<void>();
  const watch = (reader: LeanReader) => {
    if (order.watch === null) return ready.resolve();
    const wish = JSON.stringify(isRaw ? { type: 'watch', ...order.watch } : ['watch', order.watch]);
    reader.send(isRaw ? wish : EVENT + wish);
  };
  const frame = (text: Buffer, from: number, to: number) => {
    bytes += to - from;
    if (order.watch === null) return void deliveries++;
    const initial = text[from + TYPE];
    if (initial !== DELTA && initial !== BOARD) return;
    arrived(client, numberOf(text, from));
    if (isRaw && initial === DELTA && sample === '') sample = text.toString('utf8', from, to);
    ready.resolve();
  };
  const told: OnText = (text, from, to, reader) => {
    if (isRaw) return frame(text, from, to);
    if (text[from + FRAME.length] === OPEN) return frame(text, from + FRAME.length, to - 1);
    const head = text.toString('latin1', from, from + FRAME.length);
    if (head.startsWith(PING)) reader.send('3');
    else if (head.startsWith(CONNECTED)) watch(reader);
    else if (head.startsWith(OPENED)) reader.send(CONNECTED + JSON.stringify({ token: order.token }));
  };
  const reader = await LeanReader.open(url, order.token, told);
  if (isRaw) watch(reader);
  close.push(() => reader.end());
  await ready.promise;
}

/** Number of the frame that begins at `from`. */
function numberOf(text: Buffer, from: number): number {
  let number = 0;
  for (let at = text.indexOf(SEQ, from) + SEQ.length; ; at++) {
    const digit = text[at]! - 48;
    if (!(digit >= 0 && digit <= 9)) return number;
    number = number * 10 + digit;
  }
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
        const some = Array.from({ length: Math.min(50, left) }, (_, i) => {
          if (i % WHOLE !== 0) return openLean(order);
          return order.transport === 'raw' ? openRaw(order) : openSocketIo(order);
        });
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
