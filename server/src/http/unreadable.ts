import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEMS } from '@fanfare/contract';

/** How long somebody has to read why, milliseconds. */
const PATIENCE = 1_000;
const STATUSES: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'address and headers together are too long'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
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
  const [status, detail] = STATUSES[error.code ?? ''] ?? [400, 'the request is not well formed'];
  const title = PROBLEMS.bad_request[1];
  const body = JSON.stringify({
    type: 'about:blank#bad_request',
    title,
    status,
    code: 'bad_request',
    detail,
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), PATIENCE).unref();
}
