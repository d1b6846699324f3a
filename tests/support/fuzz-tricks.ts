import { connect } from 'node:net';
import { TOKEN, type TestApp } from './app.ts';
import type { Bad } from './fuzz-door.ts';

/** Longest wait for an answer or the end of the line, milliseconds. */
const PATIENCE = 10_000;

type Chance = () => number;

const PATHS = [
  '/api/v1/brands/B/board',
  '//api/v1/brands/B/board',
  '/api/v1//brands/B/board',
  '/api/v1/./brands/B/board',
  '/api/v1/brands/../tokens',
  '/api/v1/brands/B/..;/tokens',
  '/api/v1/brands/B%2fboard',
  '/api/v1/brands/B%252fboard',
  '/api/v1/brands/B%5cboard',
  '/API/V1/BRANDS/B/BOARD',
  '/api/v1/brands/B/board/',
  '/api/v1/brands/B/board;x=1',
  '/api/v1/brands/B/board%00',
  '/api/v1/brands/B/board%',
  '/api/v1/brands/%ff%fe/board',
  '/api/v1/brands/%c0%ae%c0%ae/board',
  '/api/v1/brands/B/board#x',
  '/api/v1/brands/B/board?window=1h&window=5m&__proto__[x]=1',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..%2f..%2fetc/passwd',
  '/b/B/../../../data/secret',
  '/b/%00',
  '/en/../api/v1/tokens',
  '/__data.json',
  '/b/B/__data.json?x-sveltekit-invalidated=%00',
  '/_app/../../package.json',
  '/_app/immutable/%2e%2e/%2e%2e/%2e%2e/package.json',
  '/socket.io/?EIO=4&transport=polling',
  '/socket.io/?EIO=4&transport=polling&sid=x',
  '/socket.io/?EIO=3&transport=websocket',
  '/socket.io/../api/v1/tokens',
  '/api/v1/live',
  'http://evil.example/api/v1/tokens',
  'http://127.0.0.1/api/v1/tokens',
  '*',
  '/?' + 'a=1&'.repeat(3_000),
  '/' + 'a'.repeat(20_000),
  '/api/v1/brands/' + 'b'.repeat(129) + '/board',
  '/fan/B?link=' + '%F0%9F%92%A9'.repeat(300),
];
const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'FOO',
];
const HEADERS: readonly string[] = [
  'Host: evil.example',
  'Host: 127.0.0.1\r\nHost: evil.example',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-Proto: https',
  'X-Original-URL: /api/v1/tokens',
  'X-Rewrite-URL: /api/v1/tokens',
  'X-HTTP-Method-Override: DELETE',
  'Expect: 100-continue',
  'Expect: 200-maybe',
  'Upgrade: h2c\r\nConnection: upgrade, http2-settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
  'Upgrade: websocket\r\nConnection: upgrade',
  'Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99',
  'Range: bytes=0-18446744073709551615',
  'If-None-Match: ' + '"x",'.repeat(500),
  'If-Modified-Since: yesterday',
  'Accept-Encoding: ' + 'gzip;q=0,'.repeat(200),
  'Accept-Language: ' + 'fr-'.repeat(500),
  'Content-Encoding: gzip',
  'Content-Type: application/json; charset=utf-7',
  'Content-Type: multipart/form-data; boundary=',
  'Origin: null',
  'Origin: https://evil.example',
  'Sec-Fetch-Site: \u00ff',
  'Cookie: ' + 'a=b; '.repeat(1_500),
  'Authorization: ' + 'Bearer '.repeat(1_000),
  'Forwarded: for=unknown;proto=javascript',
  Array.from({ length: 300 }, (_, i) => `X-${i}: 1`).join('\r\n'),
  'X-Long: ' + 'x'.repeat(30_000),
  'Bad Header: 1',
  ': 1',
  'X-Fold: a\r\n b',
  'X-Nul: \u0000',
  'Transfer-Encoding: chunked, identity',
];
const BODIES: readonly (readonly [headers: string, body: string])[] = [
  ['', ''],
  ['Content-Length: 2\r\nContent-Type: application/json', '{}'],
  ['Content-Length: 0\r\nContent-Type: application/json', ''],
  ['Content-Length: 2\r\nContent-Length: 2', '{}'],
  ['Content-Length: 2\r\nContent-Length: 3', '{}}'],
  ['Content-Length: 2\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
  ['Content-Length: +2', '{}'],
  ['Content-Length: 99999999999999999999', '{}'],
  ['Transfer-Encoding: chunked\r\nContent-Type: application/json', '2\r\n{}\r\n0\r\n\r\n'],
  ['Transfer-Encoding: chunked', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'],
  ['Transfer-Encoding: chunked', '2;' + 'x'.repeat(20_000) + '\r\n{}\r\n0\r\n\r\n'],
  ['Transfer-Encoding: xchunked', '2\r\n{}\r\n0\r\n\r\n'],
];

/** Requests written by hand as no client would, each on a line of its own that is closed behind it. */
export async function tricks(
  app: TestApp,
  brand: string,
  count: number,
  chance: Chance,
): Promise<{ bad: readonly Bad[]; statuses: ReadonlyMap<number | string, number> }> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const bad: Bad[] = [];
  const statuses = new Map<number | string, number>();
  const one = async () => {
    const method = chance() < 0.6 ? 'GET' : pick(METHODS);
    const [about, body] = chance() < 0.6 ? BODIES[0]! : pick(BODIES);
    const extra = Array.from({ length: Math.floor(chance() * 3) }, () => pick(HEADERS));
    const rights = chance() < 0.5 ? [`Authorization: Bearer ${TOKEN}`] : [];
    const version = chance() < 0.95 ? 'HTTP/1.1' : pick(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9', '']);
    const path = pick(PATHS).replace('B', brand);
    const host = chance() < 0.95 ? ['Host: 127.0.0.1'] : [];
    const head = [
      `${method} ${path} ${version}`,
      ...host,
      ...rights,
      ...extra,
      ...(about ? [about] : []),
      'Connection: close',
    ];
    const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
    const status = await say(app.url, bytes);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (
      status === 'hang' ||
      (typeof status === 'number' && status >= 500 && status !== 501 && status !== 505)
    )
      bad.push({ shot: head.join(' ⏎ ').slice(0, 500), status });
  };
  for (let i = 0; i < count; i += 8) await Promise.all(Array.from({ length: Math.min(8, count - i) }, one));
  return { bad, statuses };
}

/** Status of the first answer; `closed` for a line that ends without one, `hang` for neither. */
function say(url: string, bytes: Buffer): Promise<number | string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let heard = '';
    const end = (how: string) => {
      clearTimeout(timer);
      socket.destroy();
      const status = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1];
      resolve(status === undefined ? how : Number(status));
    };
    const timer = setTimeout(() => end('hang'), PATIENCE);
    socket.on('data', (data) => {
      heard = (heard + data.toString('latin1')).slice(0, 64);
      if (heard.length > 12 && !heard.startsWith('HTTP/1.1 100')) end('answered');
    });
    socket.on('error', () => end('closed'));
    socket.on('close', () => end('closed'));
    // Half-closed: nothing more comes, so that a body that is too short is no reason to wait.
    socket.end(bytes);
  });
}
