import type { IncomingMessage } from 'node:http';

/**
 * May this line leave HTTP? One of the two live feeds alone: everything else that asks to be upgraded
 * (`h2c` above all) is answered as if it had not, as a line that nobody owns would stay for ever.
 */
export function isForSockets({ method, url = '', headers }: IncomingMessage): boolean {
  // A handshake is a GET (RFC 6455, 4.1).
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket' || url.includes('%00')) return false;
  return url.startsWith('/socket.io/') || /^\/api\/v1\/live(?:\?|$)/.test(url);
}
