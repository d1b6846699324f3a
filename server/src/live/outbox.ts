import { Socket as NetSocket } from 'node:net';
import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

/** What waits on one Socket.IO connection to be read by the other side. */
export class Outbox {
  readonly #connection: Connection;
  /** Characters engine.io holds because its transport is not writable. */
  #held = 0;

  /** @param onGrow called for every packet that has to wait, with the bytes waiting */
  constructor(connection: Connection, onGrow: (bytes: number) => void) {
    this.#connection = connection;
    connection.on('packetCreate', ({ data }) => {
      if (typeof data === 'string') this.#held += data.length;
      if (!connection.transport.writable) onGrow(this.bytes);
    });
    connection.on('flush', () => (this.#held = 0));
  }

  /**
   * Write a whole prebuilt frame straight to the TCP socket of a websocket, a third of the work of a
   * packet each. False, with nothing written, while something is on its way that must come before it.
   */
  write(frame: Buffer): boolean {
    const { readyState, transport } = this.#connection;
    // The transport is writable again when all it was given has been handed to the TCP socket.
    if (this.#held > 0 || readyState !== 'open' || !transport.writable) return false;
    const tcp = tcpOf(this.#connection);
    if (!tcp?.writable) return false;
    tcp.write(frame);
    return true;
  }

  /** Bytes held by engine.io, and by the TCP socket of a websocket. */
  get bytes(): number {
    return this.#held + (tcpOf(this.#connection)?.writableLength ?? 0);
  }

  /**
   * Close without waiting for what was not read, and cut the line if the close is not answered.
   * @param patience milliseconds until the line is cut
   */
  discard(patience: number): void {
    const tcp = tcpOf(this.#connection);
    this.#connection.close(true);
    if (tcp) setTimeout(() => tcp.destroy(), patience).unref();
  }
}

/** The TCP socket under a websocket transport; polling has none of its own. */
function tcpOf({ transport }: Connection): NetSocket | null {
  const ws: unknown = 'socket' in transport ? transport.socket : null;
  if (typeof ws !== 'object' || ws === null || !('_socket' in ws)) return null;
  return ws._socket instanceof NetSocket ? ws._socket : null;
}
