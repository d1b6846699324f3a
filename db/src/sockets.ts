import net from 'node:net';

/** What the driver tells a socket factory about its target; several hosts are tried in turn. */
export type SocketTarget = {
  host: string | string[] | undefined;
  port: number | number[] | undefined;
  path?: string | false | undefined;
};

/**
 * Makes the sockets of one pool and destroys each that neither sent nor received a byte for `silenceMs`, so that
 * every query on it settles even when the server is frozen and the network is fine. Longer than any statement may
 * run, and than the pool keeps idle connections: silence then always means a hang.
 */
export function watchedSockets(silenceMs: number): (target: SocketTarget) => net.Socket {
  const watched = new Map<net.Socket, { bytes: number; since: number }>();
  let timer: NodeJS.Timeout | null = null;
  let turn = 0;

  const look = (): void => {
    const now = performance.now();
    for (const [socket, seen] of watched) {
      const bytes = socket.bytesRead + socket.bytesWritten;
      if (socket.closed) watched.delete(socket);
      else if (bytes !== seen.bytes) watched.set(socket, { bytes, since: now });
      else if (now - seen.since > silenceMs) socket.destroy();
    }
    if (watched.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };

  return (target) => {
    const hosts = [target.host ?? 'localhost'].flat();
    const ports = [target.port ?? 5432].flat();
    const index = turn++ % hosts.length;
    const host = hosts[index] ?? 'localhost';
    const socket = target.path
      ? net.connect(target.path)
      : net.connect({ host, port: ports[index] ?? ports[0] ?? 5432, noDelay: true });
    watched.set(socket, { bytes: 0, since: performance.now() });
    timer ??= setInterval(look, Math.max(50, silenceMs / 8)).unref();
    // The driver reads the name from here when it checks a certificate.
    return Object.assign(socket, { host });
  };
}
