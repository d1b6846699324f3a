import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Pages } from './http/server-parts.ts';

type Handler = (request: IncomingMessage, response: Parameters<Pages>[1]) => void;

/** Answer of one API call made in this process. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Raw `Set-Cookie` values, to hand on to the visitor. */
  readonly setCookie: readonly string[];
}

/** What a page may do as the person who asked for it. Paths start with `/api`. */
interface PageAccess {
  read(path: string): Promise<Answer>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** The public origin. */
  readonly origin: string;
}

interface PageRequest extends IncomingMessage {
  fanfare?: PageAccess;
}

/** Makes the handler of all pages, given the API they call in this process. */
export type PagesFactory = (api: () => FastifyInstance, origin: string) => Pages;

/** Headers that say who asks, and from where; the API decides whom it believes the last one. */
const CARRIED = ['cookie', 'user-agent', 'origin', 'sec-fetch-site', 'sec-gpc', 'x-forwarded-for'] as const;

/** The built web application, or `null` when it has not been built. */
export async function loadPages(): Promise<PagesFactory | null> {
  const handler = await importHandler();
  if (!handler) return null;
  return (api, origin) => (request: PageRequest, response) => {
    const call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
      inject(api(), request, method, path, body);
    request.fanfare = { read: (path) => call('GET', path), send: call, origin };
    handler(request, response);
  };
}

async function inject(
  api: FastifyInstance,
  { headers, socket }: IncomingMessage,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body: unknown,
): Promise<Answer> {
  const carried = CARRIED.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, String(headers[name])]],
  );
  const answer = await api.inject({
    method,
    url,
    ...(socket.remoteAddress === undefined ? {} : { remoteAddress: socket.remoteAddress }),
    headers: {
      ...(Object.fromEntries(carried) as Record<string, string>),
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  const cookies = answer.headers['set-cookie'] ?? [];
  return {
    status: answer.statusCode,
    body: answer.body === '' ? null : answer.json<unknown>(),
    setCookie: [cookies].flat(),
  };
}

async function importHandler(): Promise<Handler | null> {
  try {
    const built = (await import('@fanfare/web/handler')) as { handler: Handler };
    return built.handler;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw fault;
  }
}
