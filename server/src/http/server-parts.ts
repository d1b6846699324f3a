import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { FanParts } from './fan/entrance.ts';
import type { HttpParts } from './http-parts.ts';

/** Pages of the web application. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => void;

export interface ServerParts extends HttpParts {
  readonly logger: FastifyBaseLogger;
  readonly fan: FanParts;
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** Told of every route that is registered. */
  readonly onRoute: (method: string, path: string) => void;
  /** Networks of the proxies in front; from anybody else X-Forwarded-For says nothing. */
  readonly trustedProxies: readonly string[];
  /** True behind https: cookies are marked Secure. */
  readonly secure: boolean;
  readonly pages: Pages | null;
  /** Registers the addresses that networks send to. */
  readonly hooks: (app: FastifyInstance) => void;
  readonly isAway: (fault: unknown) => boolean;
  /** A raw WebSocket of `/api/v1/live`; must attach its listeners at once. */
  readonly accept: (
    ws: WebSocket,
    socket: Socket,
    headers: IncomingMessage['headers'],
    address: string,
  ) => void;
  /** May this upgrade go on? Otherwise it is answered 401 or 403. */
  readonly checkUpgrade: (headers: IncomingMessage['headers']) => 'yes' | 'unauthenticated' | 'bad_origin';
}
