import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { REQUESTS } from '@fanfare/server/http/limits.ts';
import { startApp, TOKEN } from '../support/app.ts';

/** What comes back first for these lines; the line is then left open by its other side. */
function say(url: string, lines: readonly string[], body = ''): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return new Promise((resolve) => socket.once('data', (data) => resolve(data.toString().slice(9, 12))));
}

it('a line that asks to become something else is answered as HTTP, and held by nobody', async () => {
  const app = await startApp();
  const brand = await app.makeBrand();
  const event = JSON.stringify({
    ...{ id: '1', network: 'web', kind: 'view', fan: 'f' },
    occurredAt: new Date().toISOString(),
  });
  // Clients of some languages offer HTTP/2 with every first request.
  const h2c = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];
  const about = [
    `Authorization: Bearer ${TOKEN}`,
    'Content-Type: application/json',
    `Content-Length: ${event.length}`,
  ];
  const path = `/api/v1/brands/${brand}/events`;
  expect(await say(app.url, [`POST ${path} HTTP/1.1`, 'Host: x', ...h2c, ...about], event)).toBe('200');
  const key = ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13'];
  const websocket = ['Connection: Upgrade', 'Upgrade: websocket', ...key];
  for (const [odd, status] of [
    ['GET /api/v1/brands/%ff%fe/board', '400'],
    ['GET /api/v1/live?x=%00', '404'],
    ['PUT /api/v1/live', '404'],
    ['TRACE /api/v1/live', '404'],
    ['GET /b/%00', '404'],
    ['GET /healthz', '200'],
  ])
    expect([odd, await say(app.url, [`${odd} HTTP/1.1`, 'Host: x', ...websocket])]).toEqual([odd, status]);
  await app.close();
});

it('a line to the feed that is refused before the feed knows of it is closed', async () => {
  const app = await startApp();
  // More than a visitor may ask for in a minute.
  for (let asked = 0; asked <= REQUESTS.visitor; asked += 20)
    await Promise.all(Array.from({ length: 20 }, () => fetch(`${app.url}/api/v1/definitions`)));
  const socket = connect({ port: Number(new URL(app.url).port), host: '127.0.0.1', allowHalfOpen: true });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined);
  const heard = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  socket.write(
    'GET /api/v1/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  expect(await heard).toContain(' 429 ');
  socket.end();
  await closed;
  await app.close();
});
