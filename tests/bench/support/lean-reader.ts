import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10] as const;
/** Every reader's bytes arrive here and are read before the next ones come. */
const SHARED = Buffer.allocUnsafe(64 * 1_024);

/** What is done with a message; the bytes are good during the call alone. */
export type OnText = (bytes: Buffer, from: number, to: number, reader: LeanReader) => void;

/**
 * A websocket (RFC 6455) that finds where messages begin and end and hands the bytes on. A thousand
 * watchers live on a thousand machines; here they share one core, and what a full client spends on
 * a message, a thousand times, would be most of what is measured. No fragments, no compression.
 */
export class LeanReader {
  readonly #tcp: Socket;
  readonly #onText: OnText;
  /** The beginning of a message whose end has not come. */
  #rest: Buffer | null = null;

  private constructor(tcp: Socket, onText: OnText) {
    this.#tcp = tcp;
    this.#onText = onText;
  }

  /** @throws when the server does not answer 101 */
  static async open(url: URL, token: string, onText: OnText): Promise<LeanReader> {
    let got: (bytes: Buffer) => void;
    const head = Promise.withResolvers<Buffer>();
    got = head.resolve;
    const onread = { buffer: SHARED, callback: (size: number) => (got(SHARED.subarray(0, size)), true) };
    const tcp = connect({ host: url.hostname, port: Number(url.port), noDelay: true, onread });
    tcp.on('error', head.reject);
    const reader = new LeanReader(tcp, onText);
    // Before the first await: what follows the head may be in the same read.
    got = (bytes) => {
      const end = bytes.indexOf('\r\n\r\n');
      if (!bytes.toString('latin1').startsWith('HTTP/1.1 101') || end < 0)
        return head.reject(new Error(`no websocket: ${bytes.toString('latin1', 0, 60)}`));
      got = (more) => reader.#read(more);
      head.resolve(bytes);
      reader.#read(bytes.subarray(end + 4));
    };
    await once(tcp, 'connect');
    tcp.write(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
        `sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n` +
        `authorization: Bearer ${token}\r\n\r\n`,
    );
    await head.promise;
    return reader;
  }

  send(text: string): void {
    this.#write(TEXT, Buffer.from(text));
  }

  end(): void {
    this.#tcp.destroy();
  }

  #read(arrived: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, arrived]) : arrived;
    this.#rest = null;
    let at = 0;
    while (at < bytes.length) {
      const [from, size] = extent(bytes, at);
      if (from + size > bytes.length) {
        this.#rest = Buffer.from(bytes.subarray(at));
        return;
      }
      const kind = bytes[at]! & 15;
      if (kind === TEXT) this.#onText(bytes, from, from + size, this);
      else if (kind === PING) this.#write(PONG, bytes.subarray(from, from + size));
      else if (kind === CLOSE) return this.end();
      at = from + size;
    }
  }

  /** Masked with zeros, which is allowed: the mask protects proxies, and there is none. */
  #write(kind: number, body: Buffer): void {
    if (body.length > 125) throw new Error('a lean reader sends short messages alone');
    this.#tcp.write(Buffer.concat([Buffer.from([128 | kind, 128 | body.length, 0, 0, 0, 0]), body]));
  }
}

/** Where the body of the message at `at` begins, and its length; past all bytes when they do not tell. */
function extent(bytes: Buffer, at: number): readonly [from: number, size: number] {
  const short = bytes[at + 1];
  if (short === undefined) return [Infinity, 0];
  if (short < 126) return [at + 2, short];
  const head = short === 126 ? 4 : 10;
  if (at + head > bytes.length) return [Infinity, 0];
  return [at + head, short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))];
}
