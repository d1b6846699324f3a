import type { ServerMessage } from '@fanfare/contract';
import type { OpenTransport } from '../link/transport.ts';

const OPENING_MS = 10_000;

/**
 * A plain WebSocket to our own origin, as the display alone: the other way to the same feed, for where
 * something between the wall and its server does not let Socket.IO through.
 */
export const openRaw: OpenTransport = (ears) => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live?as=display`);
  let over = false;
  const opening = setTimeout(() => end(), OPENING_MS);
  function end(): void {
    if (over) return;
    over = true;
    clearTimeout(opening);
    socket.close();
    ears.closed();
  }
  socket.onopen = () => {
    clearTimeout(opening);
    ears.opened();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = over ? null : messageIn(data);
    if (message === null) return;
    if (message.type === 'watching') ears.watching(message);
    else if (message.type === 'error') ears.problem(message);
    else if (message.type === 'bye') ears.bye(message);
    else ears.frame(message);
  };
  socket.onclose = end;
  socket.onerror = end;
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: end,
  };
};

function messageIn(data: unknown): ServerMessage | null {
  try {
    return typeof data === 'string' ? (JSON.parse(data) as ServerMessage) : null;
  } catch {
    return null;
  }
}
