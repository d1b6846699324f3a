import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The wire between a server and its database, to be cut and mended. */
export interface Cable {
  /** Address of the database through the cable. */
  readonly url: string;
  /** Cut every connection now, and let none in until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** From now on requests arrive and answers do not: what is committed is not heard of. */
  readonly deafen: () => void;
  readonly close: () => Promise<void>;
}

/** Lays a cable to the PostgreSQL at `url`. */
export async function layCable(url: string): Promise<Cable> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let [whole, deaf] = [true, false];
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => void (deaf || near.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = new URL(url);
  here.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: here.href,
    cut,
    mend: () => ([whole, deaf] = [true, false]),
    deafen: () => (deaf = true),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
