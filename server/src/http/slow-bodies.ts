import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** How often connections are looked at, milliseconds. */
const PATROL = 2_000;
/** Bodies that are read as they come may take as long as they like; every other arrives within this time. */
export const BODY_MS = 30_000;
const STREAMED = /^(?:application\/(?:x-)?ndjson|text\/csv)\s*(?:;|$)/i;

/**
 * Ends requests whose body trickles in. Looks at connections now and then instead of setting a timer
 * for each request, so that quick ones cost one entry in a map.
 * @param limit longest wait for a body, milliseconds
 */
export function endSlowBodies(server: Server, limit: number = BODY_MS): (request: IncomingMessage) => void {
  const latest = new Map<Socket, IncomingMessage>();
  const since = new WeakMap<IncomingMessage, number>();
  const patrol = setInterval(
    () => {
      const now = performance.now();
      for (const [socket, request] of latest) {
        if (request.complete || STREAMED.test(request.headers['content-type'] ?? '')) continue;
        const began = since.get(request) ?? now;
        since.set(request, began);
        if (now - began >= limit) socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
        if (now - began >= limit + PATROL) socket.destroy();
      }
    },
    Math.min(PATROL, limit / 2),
  );
  patrol.unref();
  server.on('connection', (socket: Socket) => socket.once('close', () => latest.delete(socket)));
  server.on('close', () => clearInterval(patrol));
  return (request) => void latest.set(request.socket, request);
}
