import { WebSocket } from 'ws';

/** Largest message taken, bytes. */
const MOST_MESSAGE = 1_048_576;
/** Longest wait for a connection, milliseconds. */
const PATIENCE = 10_000;

/** Opens a websocket to a server; throws for one it does not serve. */
export type OpenSocket = (url: URL) => WebSocket;

/**
 * Sockets to one server that whoever runs this installation named: wherever it is, and no other.
 * Without redirects or compression, messages bounded. @param origin of a `ws:` or `wss:` address
 */
export function socketsTo(origin: string): OpenSocket {
  return (url) => {
    if (url.origin !== origin) throw new Error('not the server that was named');
    return new WebSocket(url, {
      followRedirects: false,
      handshakeTimeout: PATIENCE,
      maxPayload: MOST_MESSAGE,
      perMessageDeflate: false,
      headers: { 'user-agent': 'Fanfare' },
    });
  };
}
