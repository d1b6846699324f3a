import { WebSocket } from 'ws';
import { TOKEN } from './app.ts';
import { tcpOf, type TransportName } from './live-client.ts';
import { randomFrom } from './random.ts';

/** A line to the feed on which anything can be said, well formed or not. */
export interface Pipe {
  readonly ws: WebSocket;
  readonly heard: string[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

/** Connect and sign in by hand: for Socket.IO without its client, packet by packet. */
export async function openPipe(transport: TransportName, url: string): Promise<Pipe> {
  const base = url.replace('http', 'ws');
  const ws =
    transport === 'raw'
      ? new WebSocket(`${base}/api/v1/live`, { headers: { authorization: `Bearer ${TOKEN}` } })
      : new WebSocket(`${base}/socket.io/?EIO=4&transport=websocket`);
  const closed = Promise.withResolvers<number>();
  const ready = Promise.withResolvers<void>();
  const heard: string[] = [];
  ws.on('message', (data: Buffer) => {
    const text = data.toString();
    heard.push(text);
    if (text.startsWith('0{')) ws.send(`40${JSON.stringify({ token: TOKEN })}`);
    if (text.startsWith('40{')) ready.resolve();
    if (text === '2' && transport === 'socketio') ws.send('3');
  });
  ws.on('open', () => transport === 'raw' && ready.resolve());
  ws.on('error', () => undefined);
  ws.on('close', (code) => (closed.resolve(code), ready.resolve()));
  await ready.promise;
  return { ws, heard, closed: closed.promise };
}

const SEEDS = [
  '{"type":"watch","brand":"BRAND","window":"1h"}',
  '{"type":"watch","brand":"BRAND","window":"5m","epoch":"e","seq":3}',
  '{"type":"unwatch","brand":"BRAND","window":"1h"}',
  '{"__proto__":{"type":"watch"},"constructor":{"prototype":{"polluted":1}}}',
  `${'['.repeat(7_000)}`,
  '42["watch",{"brand":"BRAND","window":"1h"}]',
  '42["watch",{"brand":"__proto__","window":"constructor"}]',
  '42["error",{"message":"x"}]',
  '42["disconnect","x"]',
  '42["newListener"]',
  '421["watch"]',
  '42[]',
  '42[5,null]',
  '451-["watch",{"_placeholder":true,"num":0}]',
  '4599999999-["watch",{"_placeholder":true,"num":0}]',
  '431[1]',
  '40{"token":"x"}',
  '40/admin,{}',
  '41',
  '44{"message":"x"}',
  '2probe',
  '5',
  '1',
  '',
];

type Shot = (pipe: Pipe, seed: string, chance: () => number) => void;
const bytes = (chance: () => number, most: number) =>
  Buffer.from(Array.from({ length: Math.floor(chance() * most) }, () => Math.floor(chance() * 256)));
const SHOTS: readonly Shot[] = [
  ({ ws }, seed) => ws.send(seed),
  ({ ws }, seed, chance) => ws.send(mutate(seed, chance)),
  ({ ws }, seed, chance) => ws.send(mutate(mutate(mutate(seed, chance), chance), chance)),
  ({ ws }, _seed, chance) => ws.send(bytes(chance, 300).toString('latin1')),
  ({ ws }, _seed, chance) => ws.send(bytes(chance, 300)),
  ({ ws }, seed, chance) => (ws.send(seed, { fin: false }), ws.send(mutate(seed, chance))),
  ({ ws }, _seed, chance) => ws.ping(bytes(chance, 120)),
];
/** Shots that no well-behaved WebSocket would let through; most of them end the connection. */
const BROKEN: readonly Shot[] = [
  ({ ws }, _seed, chance) => void tcpOf(ws).write(bytes(chance, 200)),
  ({ ws }, seed) => ws.send(seed.repeat(20_000 / Math.max(1, seed.length))),
  ({ ws }) => ws.close(4000, 'enough'),
  ({ ws }) => tcpOf(ws).destroy(),
];

/**
 * Send `count` random frames over as many connections as it takes; gives how many connections it took.
 *
 * @param brand slug of a brand that is served, so that some frames are good ones
 */
export async function bombard(
  transport: TransportName,
  url: string,
  brand: string,
  count: number,
  seed: number,
): Promise<number> {
  const chance = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  let [sent, lines] = [0, 0];
  while (sent < count) {
    const pipe = await openPipe(transport, url);
    lines++;
    for (let i = 0; i < 110 && sent < count && pipe.ws.readyState === WebSocket.OPEN; i++, sent++) {
      pick(chance() < 0.03 ? BROKEN : SHOTS)(pipe, pick(SEEDS).replace('BRAND', brand), chance);
      if (chance() < 0.2) await new Promise((resolve) => setImmediate(resolve));
    }
    pipe.ws.terminate();
  }
  return lines;
}

/** Change, drop, double or swap a piece of a text. */
function mutate(text: string, chance: () => number): string {
  const [a, b] = [chance(), chance()].map((c) => Math.floor(c * (text.length + 1))).sort((x, y) => x - y);
  const piece = text.slice(a, b);
  const other = [piece + piece, '', '"', '\u0000', '\ud800', '9'.repeat(400), '{}', 'null', '__proto__'];
  return text.slice(0, a) + other[Math.floor(chance() * other.length)]! + text.slice(b);
}
