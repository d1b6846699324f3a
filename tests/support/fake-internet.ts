import { createServer, request, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCaller, type Caller, type Connect } from '@fanfare/server/outgoing/call.ts';

/** One request as a fake server sees it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What it answers: status, JSON or text, headers. */
export type Replied = readonly [
  status: number,
  body: object | string,
  headers?: Readonly<Record<string, string>>,
];

export type Handler = (asked: Asked) => Replied | Promise<Replied>;

/** Ways a server can be bad. */
export const TROUBLES = ['down', 'slow', 'drip', 'huge', 'redirect', 'rubbish', 'error'] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Servers under https names, all behind one port of this machine, and the real caller to reach them. */
export interface FakeInternet {
  /** The caller of the product, which finds these names and no others. */
  readonly call: Caller;
  readonly serve: (host: string, handler: Handler) => void;
  /** From now on this host is in trouble; `null` ends it. */
  readonly trouble: (host: string, trouble: Trouble | null) => void;
  /** Text records by name. */
  readonly texts: Map<string, string[][]>;
  readonly resolveText: (name: string) => Promise<string[][]>;
  /** Requests to the private place that redirects point to. */
  readonly intrusions: () => number;
  readonly close: () => Promise<void>;
}

/** @param patience of the caller, milliseconds */
export async function fakeInternet(patience = 400): Promise<FakeInternet> {
  const hosts = new Map<string, Handler>();
  const troubles = new Map<string, Trouble>();
  const texts = new Map<string, string[][]>();
  let intrusions = 0;

  const server = createServer((incoming, response) => {
    const host = incoming.headers.host ?? '';
    const handler = hosts.get(host);
    if (!handler) {
      intrusions += 1;
      response.end('{"secret":true}');
      return;
    }
    const trouble = troubles.get(host);
    if (trouble) return misbehave(trouble, response, `http://127.0.0.1:${port}/private`);
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', `https://${host}`);
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      const { method = 'GET', headers } = incoming;
      void Promise.resolve(
        handler({ method, path: url.pathname, query: url.searchParams, form, headers }),
      ).then(([status, body, extra]) => {
        const type = typeof body === 'string' ? 'text/plain' : 'application/json';
        response.writeHead(status, { 'content-type': type, ...extra });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const connect: Connect = (url, options, answered) => {
    if (url.protocol !== 'https:' || !hosts.has(url.host)) throw new Error(`no such host: ${url.host}`);
    const headers = { ...(options.headers as Record<string, string>), host: url.host };
    const path = url.pathname + url.search;
    return request({ ...options, host: '127.0.0.1', port, path, headers }, answered);
  };
  return {
    call: createCaller(connect, patience),
    serve: (host, handler) => void hosts.set(host, handler),
    trouble: (host, trouble) => void (trouble ? troubles.set(host, trouble) : troubles.delete(host)),
    texts,
    resolveText: (name) => {
      const found = texts.get(name);
      return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
    },
    intrusions: () => intrusions,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function misbehave(trouble: Trouble, response: ServerResponse, away: string): void {
  if (trouble === 'down') response.destroy();
  if (trouble === 'redirect') response.writeHead(302, { location: away }).end('{}');
  if (trouble === 'rubbish') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome');
  if (trouble === 'error') response.writeHead(500).end('{"error":"server_error"}');
  // Well formed, were it read to its end.
  if (trouble === 'huge') response.writeHead(200).end(`{"huge":"${'x'.repeat(2_000_000)}"}`);
  if (trouble !== 'drip') return;
  response.writeHead(200);
  const drip = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(drip));
}
