import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The wire between a server and its database, to be cut and mended. */
export interface Cable {
  /** Address of the database through the cable. */
  readonly url: string;
  /** Cut every connection now, and let none in until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Cut in the answer to the next commit: it happened, and is not heard of. Resolves when it is cut. */
  readonly loseCommit: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** PostgreSQL's answer to a commit (message CommandComplete). */
const COMMITTED = 'COMMIT\0';
/** Its answer to the one statement that records a batch: a row with true (message DataRow). */
const RECORDED = '\0\x01\0\0\0\x01t';

/** Listens to what a client sends, for when the statement that records a batch is run. */
function recordingHeard(): { hear: (bytes: Buffer) => void; underWay: () => boolean } {
  let [name, underWay] = ['', false];
  return {
    hear(bytes) {
      const text = bytes.toString('latin1');
      name = /P[^]{4}([^\0]*)\0\s*select record_new/.exec(text)?.[1] ?? name;
      underWay = name !== '' && text.includes(`\0${name}\0\0`);
    },
    underWay: () => underWay,
  };
}

/** Lays a cable to the PostgreSQL at `url`. */
export async function layCable(url: string): Promise<Cable> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let whole = true;
  let lost: (() => void) | null = null;
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
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
    const recording = recordingHeard();
    near.on('data', (bytes: Buffer) => {
      recording.hear(bytes);
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      const isRecorded = recording.underWay() && bytes.includes(RECORDED, 0, 'latin1');
      if (!lost || (!isRecorded && !bytes.includes(COMMITTED))) return void near.write(bytes);
      cut();
      lost();
      lost = null;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = new URL(url);
  here.port = String((server.address() as AddressInfo).port);
  return {
    url: here.href,
    cut,
    mend: () => (whole = true),
    loseCommit: () => new Promise((resolve) => (lost = resolve)),
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
