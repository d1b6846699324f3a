import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

/**
 * A port nobody listens on at 127.0.0.1, from 20 000 to 31 999: below what the systems give to outgoing
 * connections, so that it is still free when PostgreSQL has to be started again on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
