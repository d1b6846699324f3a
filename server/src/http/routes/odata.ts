import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEMS } from '@fanfare/contract';
import type { BiRow } from '../../domain/bi/port.ts';
import { isBiView } from '../../domain/bi/views.ts';
import { Fault } from '../../domain/fault.ts';
import {
  collectionBody,
  columnsOf,
  definitionRows,
  entityBody,
  serviceBody,
} from '../../domain/odata/answer.ts';
import { formatOf, typeOf, type ODataFormat } from '../../domain/odata/format.ts';
import { parseFilter } from '../../domain/odata/filter.ts';
import { SETS, keyOf, metadataXml } from '../../domain/odata/metadata.ts';
import { pageOf, rangeOf, readSkipToken, skipToken } from '../../domain/odata/page.ts';
import { readODataQuery, type ODataQuery } from '../../domain/odata/query.ts';
import type { BrandRecord } from '../../parts.ts';
import { permitted, slugOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';

/** What the gateway needs of the rest of the server. */
export interface BiContext extends HttpParts {
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
}

type Answer = (request: FastifyRequest, reply: FastifyReply, record: BrandRecord) => unknown;

/**
 * The released numbers of a brand as an OData v4 feed, read-only: for Excel, Power BI and others. They
 * speak Basic: any name, and an API token as the password.
 */
export function odataRoutes(app: FastifyInstance, parts: BiContext): void {
  const guarded = (answer: Answer) => async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers({ 'odata-version': '4.0', 'cache-control': 'private, no-store' });
    try {
      return await answer(request, reply, recordFor(request, parts));
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      return refuse(reply, fault);
    }
  };
  const service = guarded((request, reply) => {
    const format = wanted(request);
    const names = SETS.map(({ name }) => name);
    return reply.type(typeOf(format)).send(serviceBody(rootOf(request, parts), names, format));
  });

  app.get('/brands/:brand/odata', service);
  app.get('/brands/:brand/odata/', service);

  app.get(
    '/brands/:brand/odata/$metadata',
    guarded((_request, reply) => reply.type('application/xml').send(metadataXml())),
  );

  app.get(
    '/brands/:brand/odata/:set/$count',
    guarded(async (request, reply, record) => {
      const { set } = request.params as { set: string };
      const query = readODataQuery(queryOf(request), columnsFor(set));
      const { count } = await pageOf(
        await rowsOf(parts, record, set, query),
        { ...query, count: true },
        0,
        0,
      );
      return reply.type('text/plain').send(String(count));
    }),
  );

  app.get(
    '/brands/:brand/odata/:set',
    guarded(async (request, reply, record) => {
      const { set: asked } = request.params as { set: string };
      const [, set = asked, key] = /^(\w+)\((.{1,200})\)$/.exec(asked) ?? [];
      const columns = columnsFor(set);
      const format = wanted(request);
      const given = queryOf(request);
      const query = readODataQuery(given, columns);
      const root = rootOf(request, parts);
      void reply.type(typeOf(format));
      if (key !== undefined) {
        const name = keyOf(SETS.find((one) => one.name === set)!);
        const filter = parseFilter(`${name} eq ${key.replace(new RegExp(`^${name}=`), '')}`, columns);
        const rows = await rowsOf(parts, record, set, { ...query, filter });
        const { rows: found } = await pageOf(rows, { ...query, filter, order: [], top: 1, skip: 0 }, 0);
        if (!found[0]) throw new Fault('not_found', 'there is no such row');
        return entityBody(found[0], { root, set, select: query.select, next: null }, format);
      }
      const told = readSkipToken(given['$skiptoken'] as string | undefined);
      const page = await pageOf(await rowsOf(parts, record, set, query), query, told, sizeOf(request, reply));
      const next = page.next === null ? null : nextLink(`${root}/${set}`, given, page.next);
      return collectionBody(page, { root, set, select: query.select, next }, format);
    }),
  );
}

/** The brand, for whoever may read its history. @throws Fault */
function recordFor(request: FastifyRequest, parts: BiContext): BrandRecord {
  const principal = parts.access.identify(bearing(request.headers));
  if (principal === null) throw new Fault('unauthenticated');
  if (!parts.isOpen()) throw new Fault('unavailable');
  return permitted(principal, 'history.read', slugOf(request), parts.brands).record;
}

/** Headers in which the password of Basic is the token it is. */
function bearing(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const coded = /^Basic ([\w+/=-]{1,1024})$/i.exec(headers.authorization ?? '')?.[1];
  if (coded === undefined) return headers;
  const password = /^[^:]*:(.*)$/s.exec(Buffer.from(coded, 'base64').toString())?.[1];
  return { ...headers, authorization: `Bearer ${password ?? ''}` };
}

async function rowsOf(
  { bi }: BiContext,
  record: BrandRecord,
  set: string,
  { filter }: ODataQuery,
): Promise<AsyncIterable<readonly BiRow[]>> {
  if (!isBiView(set)) return definitions();
  await bi.ready(record);
  return bi.reader.rows(record, set, rangeOf(set, filter));
}

async function* definitions(): AsyncGenerator<readonly BiRow[]> {
  yield await Promise.resolve(definitionRows());
}

function columnsFor(set: string) {
  const columns = columnsOf(set);
  if (!columns) throw new Fault('not_found', 'there is no such entity set');
  return columns;
}

function wanted(request: FastifyRequest): ODataFormat {
  const { $format } = queryOf(request);
  const most = request.headers['odata-maxversion'];
  if (typeof most === 'string' && Number.parseFloat(most) < 4)
    throw new Fault('bad_field', 'OData-MaxVersion: version 4.0 is spoken here');
  const format = formatOf(typeof $format === 'string' ? $format : undefined, request.headers.accept);
  if (!format) throw new Fault('not_acceptable');
  return format;
}

/** Rows of one answer, as the reader prefers. */
function sizeOf(request: FastifyRequest, reply: FastifyReply): number | undefined {
  const { prefer } = request.headers;
  const wish = /(?:^|[,;\s])(?:odata\.)?maxpagesize=(\d{1,6})(?:$|[,;\s])/i.exec(
    typeof prefer === 'string' ? prefer : '',
  );
  const size = Number(wish?.[1] ?? 0);
  if (size < 1) return undefined;
  void reply.header('preference-applied', `odata.maxpagesize=${size}`);
  return size;
}

/** Address of the feed, without a slash at the end: as people know it, else as this reader does. */
function rootOf(request: FastifyRequest, { publicUrl }: BiContext): string {
  const known = new URL(publicUrl).host === request.host;
  return `${known ? publicUrl : `${request.protocol}://${request.host}`}/api/v1/brands/${slugOf(request)}/odata`;
}

function nextLink(address: string, given: Readonly<Record<string, unknown>>, told: number): string {
  const options = Object.entries(given).filter(([name]) => name !== '$skiptoken');
  const query = [...options, ['$skiptoken', skipToken(told)] as const].map(
    ([name, value]) => `${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(String(value))}`,
  );
  return `${address}?${query.join('&')}`;
}

/** Errors as OData has them (OData JSON v4.01, 21.1). */
function refuse(reply: FastifyReply, { code, message }: Fault): FastifyReply {
  const [status] = PROBLEMS[code];
  if (status === 401)
    void reply.header('www-authenticate', 'Basic realm="Fanfare", charset="UTF-8", Bearer realm="Fanfare"');
  if (status === 503) void reply.header('retry-after', 5);
  return reply
    .code(status)
    .type('application/json;odata.metadata=minimal')
    .send({ error: { code, message } });
}
