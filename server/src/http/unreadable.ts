import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** How long somebody has to read why, milliseconds. */
const PATIENCE = 1_000;
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const told = new WeakSet<Socket>();

/**
 * Answer what is no HTTP that we read. The line is closed in order: cut off while its other side
 * still sends, that side would see a reset instead of the answer.
 */
export function answerUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  // Whatever else arrives is read and dropped by the parser, which comes here for each piece of it.
  if (error.code === 'ECONNRESET' || socket.destroyed || told.has(socket)) return;
  told.add(socket);
  if (!socket.writable) return void socket.destroy();
  const status = STATUSES[error.code ?? ''] ?? 400;
  // Without a body: it may have been a HEAD, whose answer has none.
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Length: 0',
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n`);
  setTimeout(() => socket.destroy(), PATIENCE).unref();
}
