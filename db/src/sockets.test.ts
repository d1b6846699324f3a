import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { watchedSockets } from './sockets.ts';

describe('a watched socket', () => {
  const servers: net.Server[] = [];
  const listen = async (onConnection: (socket: net.Socket) => void): Promise<number> => {
    const server = net.createServer(onConnection);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as net.AddressInfo).port;
  };
  const closed = (socket: net.Socket): Promise<void> =>
    new Promise((resolve) => socket.once('close', () => resolve()));
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('is destroyed once it has been silent for too long', async () => {
    const port = await listen(() => undefined);
    const started = performance.now();
    const socket = watchedSockets(300)({ host: '127.0.0.1', port });
    socket.write('are you there?');
    await closed(socket);
    expect(performance.now() - started).toBeGreaterThan(290);
  });

  it('lives while anything is said', async () => {
    const port = await listen((server) => {
      const timer = setInterval(() => server.write('x'), 50);
      server.on('error', () => undefined).on('close', () => clearInterval(timer));
    });
    const socket = watchedSockets(300)({ host: ['127.0.0.1'], port: [port] }).resume();
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });

  it('tries several hosts in turn', async () => {
    const hits = [0, 0];
    const ports = [await listen(() => hits[0]!++), await listen(() => hits[1]!++)];
    const make = watchedSockets(5_000);
    for (let i = 0; i < 4; i++) {
      const socket = make({ host: ['127.0.0.1', '127.0.0.1'], port: ports });
      await new Promise((resolve) => socket.once('connect', resolve));
      socket.destroy();
    }
    expect(hits).toEqual([2, 2]);
  });
});
