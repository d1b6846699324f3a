import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connect } from '@fanfare/server/outgoing/call.ts';

/** One notification of Mastodon without its id. */
export type Noticed = Readonly<Record<string, unknown>>;

interface Account {
  readonly token: string;
  readonly notes: { readonly id: number; readonly text: string }[];
  readonly streams: Set<ServerResponse>;
}

/** A Mastodon server as far as notifications go: it streams them, keeps them, and can drop, repeat and shuffle. */
export class FakeSocial {
  readonly name = 'social.example';
  connections = 0;
  /** Each event is sent so often. */
  repeats = 1;
  /** Longest delay of an event, milliseconds: later ones overtake it. */
  lag = 0;
  /** No token is good. */
  refuses = false;
  readonly #accounts = new Map<string, Account>();
  readonly #server = createServer((incoming, response) => this.#answer(incoming, response));
  readonly #chance: () => number;
  readonly #deleted = new Set<string>();
  #id = 68_739_215;

  /** @param chance numbers in [0, 1) */
  constructor(chance: () => number = Math.random) {
    this.#chance = chance;
  }

  static async start(chance?: () => number): Promise<FakeSocial> {
    const fake = new FakeSocial(chance);
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  /** Finds this server under its name, and no other. */
  readonly connect: Connect = (url, options, answered) => {
    if (url.origin !== `https://${this.name}`) throw new Error('no such host');
    const { port } = this.#server.address() as AddressInfo;
    const path = url.pathname + url.search;
    return request({ ...options, host: '127.0.0.1', port, path }, answered);
  };

  /** An account, and the token it is listened to with. */
  account(username: string): string {
    const token = `token-of-${username}-0123456789`;
    this.#accounts.set(username, { token, notes: [], streams: new Set() });
    return token;
  }

  /** Streams that are open. */
  get open(): number {
    return [...this.#accounts.values()].reduce((sum, { streams }) => sum + streams.size, 0);
  }

  /** The account is notified. */
  notify(username: string, noticed: Noticed): void {
    const account = this.#accounts.get(username)!;
    const id = ++this.#id;
    const text = JSON.stringify({ id: String(id), ...noticed });
    account.notes.push({ id, text });
    this.#send(account, 'notification', text);
  }

  /** A status is deleted. */
  remove(username: string, id: string): void {
    this.#deleted.add(id);
    this.#send(this.#accounts.get(username)!, 'delete', id);
  }

  /** Every line breaks. */
  drop(): void {
    for (const { streams } of this.#accounts.values()) for (const stream of streams) stream.destroy();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #send({ streams }: Account, event: string, data: string): void {
    for (let i = 0; i < this.repeats; i++) {
      const send = () => {
        for (const stream of streams) stream.write(`event: ${event}\ndata: ${data}\n\n`);
      };
      if (this.lag === 0) send();
      else setTimeout(send, this.#chance() * this.lag);
    }
  }

  #answer({ url: path = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const url = new URL(path, 'http://x');
    const found = [...this.#accounts].find(([, { token }]) => headers.authorization === `Bearer ${token}`);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (!found || this.refuses) return void json(401, { error: 'The access token is invalid' });
    const [username, account] = found;
    if (url.pathname === '/api/v1/accounts/verify_credentials')
      return void json(200, { id: '109', username, acct: username });
    if (url.pathname === '/api/v1/streaming/user/notification') {
      this.connections += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(':)\n');
      account.streams.add(response);
      response.on('close', () => account.streams.delete(response));
      return;
    }
    if (url.pathname === '/api/v1/statuses') {
      const ids = url.searchParams.getAll('id[]').filter((id) => !this.#deleted.has(id));
      return void json(
        200,
        ids.map((id) => ({ id })),
      );
    }
    if (url.pathname !== '/api/v1/notifications') return void json(404, {});
    const limit = Number(url.searchParams.get('limit') ?? 40);
    const since = url.searchParams.get('min_id');
    const some =
      since === null
        ? account.notes.slice(-limit)
        : account.notes.filter(({ id }) => id > Number(since)).slice(0, limit);
    json(
      200,
      [...some].reverse().map(({ text }) => JSON.parse(text) as unknown),
    );
  }
}
