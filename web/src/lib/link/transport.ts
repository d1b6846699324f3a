import type { Bye, ClientMessage, Frame, LiveError, Watching } from '@fanfare/contract';
import { io } from 'socket.io-client';

/** What a connection tells the link. */
export interface Ears {
  readonly opened: () => void;
  readonly frame: (frame: Frame) => void;
  readonly watching: (answer: Watching) => void;
  readonly problem: (problem: LiveError) => void;
  readonly bye: (bye: Bye) => void;
  /** Called once, for whatever reason; nothing is heard after it. */
  readonly closed: () => void;
}

/** One connection, used once. */
export interface Transport {
  send(message: ClientMessage): void;
  close(): void;
}

export type OpenTransport = (ears: Ears) => Transport;

/** A Socket.IO connection to our own origin, by websocket alone. The link reconnects, not the socket. */
export const openSocket: OpenTransport = (ears) => open(ears, {});

/** The same as a paired display alone, whoever is signed in beside it. */
export const openAsDisplay: OpenTransport = (ears) => open(ears, { as: 'display' });

function open(ears: Ears, query: Readonly<Record<string, string>>): Transport {
  const socket = io({
    path: '/socket.io/',
    query,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    timeout: 10_000,
  });
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    socket.close();
    ears.closed();
  };
  socket.on('connect', ears.opened);
  socket.on('frame', ears.frame);
  socket.on('watching', ears.watching);
  socket.on('problem', ears.problem);
  socket.on('bye', ears.bye);
  socket.on('connect_error', ({ message }) => {
    if (message === 'signed_out') ears.bye({ type: 'bye', code: 4401, reason: message });
    end();
  });
  socket.on('disconnect', end);
  return {
    send: ({ type, ...body }) => void socket.emit(type, body),
    close: end,
  };
}
