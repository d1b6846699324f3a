import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerUnreadable } from './unreadable.ts';

const server = createServer((_request, response) => response.end('read'));
server.on('clientError', answerUnreadable);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** All that comes back for these bytes; a reset line throws. */
async function say(bytes: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let heard = '';
  socket.on('data', (data) => (heard += data.toString()));
  socket.end(bytes);
  await once(socket, 'close');
  return heard;
}

describe('a request that is no HTTP we read', () => {
  it('with an address that is too long is told so, however much comes behind it', async () => {
    const body = 'x'.repeat(2_000_000);
    const lines = `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;
    for (let i = 0; i < 10; i++) {
      const heard = await say(lines + body);
      expect(heard).toMatch(/^HTTP\/1\.1 431 /);
      expect(heard).toMatch(/content-length: 0\r\n[^]*\r\n\r\n$/i);
    }
  });

  it.each([
    'rubbish\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\nx y: z\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\ncontent-length: -5\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ])('such as %j is answered once', async (bytes) => {
    const heard = await say(bytes);
    expect(heard.match(/HTTP\/1\.1 400 /g)).toHaveLength(1);
  });

  it('does not keep the line open', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('rubbish\r\n\r\n');
    socket.resume();
    await once(socket, 'end');
    socket.on('error', () => undefined);
    const drip = setInterval(() => socket.write('x'), 50);
    await once(socket, 'close');
    clearInterval(drip);
  });
});
