import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { LIVE_LIMITS } from '@fanfare/contract';
import { readBoard } from '@fanfare/server/domain/board.ts';
import { LiveExcerpts } from '@fanfare/server/domain/excerpts/live.ts';
import { ChangedFans } from '@fanfare/server/domain/release/republish.ts';
import { BrandWindows } from '@fanfare/server/domain/windows/brand-windows.ts';
import { Hub } from '@fanfare/server/live/hub.ts';
import type { Viewer } from '@fanfare/server/live/session.ts';
import { SocketIoTransport } from '@fanfare/server/live/socketio.ts';
import { RawTransport } from '@fanfare/server/live/websocket.ts';
import { TRANSPORTS, connect, isChange } from '../support/live-client.ts';

const BRAND = 'vast';
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Both transports over a brand whose board is larger than a reader may leave waiting. */
describe('a reader that is stuck', () => {
  const clock = Date.now;
  const hub = new Hub({ clock, release: { audience: 'team', k: 1 }, epoch: () => 'e1' });
  const raw = new RawTransport(hub, clock);
  const viewer: Viewer = {
    audience: 'team',
    words: true,
    enter: () => () => undefined,
    mayRead: () => 'yes',
  };
  let server: Server;
  let socketio: SocketIoTransport;
  let url: string;

  beforeAll(async () => {
    const [counts, excerpts] = [new BrandWindows(clock()), new LiveExcerpts()];
    const objects = Array.from({ length: 2_500 }, (_, i) => ({
      key: `${i}-`.padEnd(1_000, 'x'),
      people: 1,
      measures: [],
    }));
    hub.add({
      slug: BRAND,
      demonstration: false,
      committing: false,
      changes: new ChangedFans(),
      advance: (now) => counts.advance(now),
      excerpts: () => excerpts,
      read: (window, now, k) => ({ ...readBoard(counts, window, now, 0, k), objects }),
    });
    const sockets = new WebSocketServer({ noServer: true });
    server = createServer();
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      if (request.url !== '/api/v1/live') return;
      sockets.handleUpgrade(request, socket, head, (ws) => raw.accept(ws, socket, viewer));
    });
    socketio = new SocketIoTransport(server, { hub, clock, identify: () => viewer });
    hub.attach(raw);
    hub.attach(socketio);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    hub.close();
    raw.close();
    await socketio.close();
    server.close();
  });

  it.each(TRANSPORTS)('is closed over %s once more than 2 MiB wait for it', async (transport) => {
    const size = () => (transport === 'raw' ? raw : socketio).size;
    const [stuck, other] = [await connect(transport, url), await connect(transport, url)];
    other.watch(BRAND, '1h');
    const board = await other.next(isChange);
    expect(JSON.stringify(board).length).toBeGreaterThan(LIVE_LIMITS.stuckBytes);
    expect(size()).toBe(2);
    stuck.pause();
    // The network takes a few; the first that does not fit is more than may wait.
    for (let i = 0; i < 20; i++) {
      stuck.watch(BRAND, '1h');
      await sleep(20);
    }
    await expect.poll(size).toBe(1);
    // Cut off even though it never answers the close.
    await sleep(2_500);
    stuck.resume();
    expect((await stuck.ended).code).not.toBe(1000);
    hub.touch(BRAND);
    await other.next(isChange);
    other.close();
  });
});
