import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HistoryRow } from '@fanfare/contract';
import { Increments } from '../../domain/history/cursor.ts';
import { readHistoryQuery } from '../../domain/history/query.ts';
import type { OpenHistory } from '../../parts.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';
import { exploreRoutes } from './explore.ts';

/** Text is sent on in pieces of about this many characters. */
const PIECE = 65_536;
type Piece = string | Uint8Array;

/** What is told of a history: with a cursor, the days alone that changed since. */
interface Told extends Pick<OpenHistory, 'head'> {
  readonly rows: AsyncIterable<readonly HistoryRow[]>;
  readonly next: () => string;
}

/**
 * The past, also as Explore tells it. `GET /brands/:brand/metrics.json`, `.csv` and `.parquet`: the past by hours or days, for the team. However
 * much it is, it is sent as it is read; with the tag of what one has, nothing is read at all.
 */
export function historyRoutes(app: FastifyInstance, parts: HttpParts): void {
  exploreRoutes(app, parts);
  app.get('/brands/:brand/metrics.json', (request, reply) =>
    answer(request, reply, parts, 'application/json; charset=utf-8', jsonOf),
  );

  app.get('/brands/:brand/metrics.csv', (request, reply) =>
    answer(request, reply, parts, 'text/csv; charset=utf-8; header=present', ({ head, rows }) =>
      parts.exports.history.csv(head, rows),
    ),
  );

  app.get('/brands/:brand/metrics.parquet', (request, reply) =>
    answer(request, reply, parts, 'application/vnd.apache.parquet', ({ head, rows, next }) =>
      parts.exports.history.parquet(head, rows, next),
    ),
  );
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: HttpParts,
  type: string,
  write: (history: Told) => AsyncIterable<Piece>,
): Promise<FastifyReply> {
  const { record } = brandFor(request, parts, 'history.read');
  const query = readHistoryQuery(queryOf(request), parts.clock(), record.body.timeZone);
  const history = await parts.histories.open(record, query);
  const headers = { etag: history.etag, 'cache-control': 'private, no-cache', vary: 'cookie' };
  if (hasTag(request.headers['if-none-match'], history.etag)) return reply.code(304).headers(headers).send();
  const increments = new Increments(history.head, queryOf(request)['cursor']);
  const rows = increments.changed(history.rows());
  const text = inPieces(write({ head: history.head, rows, next: () => increments.next }));
  // The first piece is awaited: a fault until then is an answer, and not a body that breaks off.
  const first = await text.next();
  return reply
    .headers(headers)
    .type(type)
    .send(Readable.from(resumed(first, text), { objectMode: false }));
}

async function* resumed(
  first: IteratorResult<Piece, void>,
  rest: AsyncGenerator<Piece, void>,
): AsyncGenerator<Piece> {
  if (!first.done) yield first.value;
  yield* rest;
}

async function* jsonOf({ head, rows, next }: Told): AsyncGenerator<string> {
  const before = JSON.stringify({ ...head, rows: [] });
  yield before.slice(0, -2);
  let separator = '';
  for await (const some of rows) {
    if (some.length === 0) continue;
    yield separator + some.map((row) => JSON.stringify(row)).join(',');
    separator = ',';
  }
  yield `],"next":${JSON.stringify(next())}}`;
}

/** Text gathered to pieces of some size; bytes are pieces as they come. */
async function* inPieces(texts: AsyncIterable<Piece>): AsyncGenerator<Piece, void> {
  let piece = '';
  for await (const text of texts) {
    if (typeof text !== 'string') {
      yield text;
      continue;
    }
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** Is the tag one of an `If-None-Match`? Compared weakly (RFC 9110, 13.1.2). */
function hasTag(header: string | undefined, tag: string): boolean {
  const tags = header?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return tags.includes('*') || tags.includes(tag.replace(/^W\//, ''));
}
