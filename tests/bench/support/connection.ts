import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TOKEN } from './server-process.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';

/**
 * One keep-alive HTTP connection that sends ready-made requests and reads just enough of the
 * answers: about a tenth of the cost of a full client, so that the load is not what is measured.
 * One request at a time.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #waiting: PromiseWithResolvers<Answer> | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => this.#read(part));
    const fail = (fault?: Error) => this.#waiting?.reject(fault ?? new Error('the connection closed'));
    socket.on('error', fail);
    socket.on('close', () => fail());
  }

  static async open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Send one request and wait for its answer. @param parts bytes of the request, written in order */
  async send(...parts: readonly Uint8Array[]): Promise<Answer> {
    const waiting = (this.#waiting = Promise.withResolvers<Answer>());
    for (const part of parts) {
      if (this.#socket.destroyed) throw new Error('the connection closed');
      if (!this.#socket.write(part)) await Promise.race([once(this.#socket, 'drain'), waiting.promise]);
    }
    return waiting.promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(part: string): void {
    this.#received += part;
    const head = this.#received.indexOf(HEAD_END);
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received)?.[1] ?? 0);
    const end = head + HEAD_END.length + length;
    if (this.#received.length < end) return;
    const status = Number(this.#received.slice(9, 12));
    const body = this.#received.slice(head + HEAD_END.length, end);
    this.#received = this.#received.slice(end);
    this.#waiting?.resolve({ status, body });
  }
}

/** A whole POST as bytes. */
export function post(path: string, body: string, type = 'application/json'): Buffer {
  return Buffer.concat([postHead(path, Buffer.byteLength(body), type), Buffer.from(body)]);
}

/** The head of a POST whose body of `length` bytes follows. */
export function postHead(path: string, length: number, type: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${TOKEN}\r\n` +
      `content-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`,
  );
}
