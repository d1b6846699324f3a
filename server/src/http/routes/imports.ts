import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  IMPORT_PART,
  ImportDraftSchema,
  ImportLookSchema,
  formatInstant,
  type ImportBody,
  type ImportDraft,
  type ImportLook,
  type ImportLooked,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { FileImport, ImportDesk } from '../../domain/imports/port.ts';
import { rejectedHeader, rejectedRow } from '../../domain/imports/report.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { queryOf } from '../query.ts';
import { readBody } from '../schema.ts';

const look = Compile(ImportLookSchema);
const draft = Compile(ImportDraftSchema);
const OFFSET = /^\d{1,15}$/;

/** Files that the team brings: looked at, then taken part by part. */
export function importRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { imports } = parts.sources;

  app.post('/brands/:brand/imports/look', (request, reply): ImportLooked => {
    const { record } = brandFor(request, parts, 'imports.run');
    void reply.header('cache-control', 'no-store');
    return imports.look(record, readBody<ImportLook>(request, look));
  });

  app.get('/brands/:brand/imports', async (request, reply): Promise<readonly ImportBody[]> => {
    const { record } = brandFor(request, parts, 'imports.run');
    void reply.header('cache-control', 'no-store');
    return (await imports.list(record)).map(bodyOf);
  });

  app.post('/brands/:brand/imports', async (request, reply): Promise<ImportBody> => {
    const { record } = brandFor(request, parts, 'imports.run');
    const made = await imports.begin(record, readBody<ImportDraft>(request, draft));
    await noted(request, parts, record, 'file.import_begun', { source: made.source, import: made.id });
    void reply.code(201).header('cache-control', 'no-store');
    return bodyOf(made);
  });

  app.get('/brands/:brand/imports/:import', async (request, reply): Promise<ImportBody> => {
    const { one } = await asked(request, parts, imports);
    void reply.header('cache-control', 'no-store');
    return bodyOf(one);
  });

  app.get('/brands/:brand/imports/:import/rejected.csv', async (request, reply) => {
    const { record, one } = await asked(request, parts, imports);
    const locale = queryOf(request)['locale'] === 'en' ? 'en' : 'fr';
    void reply
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="rejected.csv"')
      .type('text/csv; charset=utf-8');
    const lines = async function* () {
      yield rejectedHeader(locale);
      for await (const some of imports.rejected(record, one.id))
        yield some.map((line) => rejectedRow(line, locale)).join('');
    };
    return reply.send(Readable.from(lines()));
  });

  app.delete('/brands/:brand/imports/:import', async (request, reply): Promise<void> => {
    const { record, one } = await asked(request, parts, imports);
    if (!(await imports.remove(record, one.id))) throw new Fault('not_found', 'there is no such import');
    const counts = { ...one.counts };
    await noted(request, parts, record, 'file.import_ended', { import: one.id, ...counts });
    await reply.code(204).send();
  });

  // A scope of its own: nothing but parts of files is taken as bare bytes.
  void app.register((scope, _options, done) => {
    const options = { parseAs: 'buffer', bodyLimit: 4 * IMPORT_PART } as const;
    scope.addContentTypeParser('application/octet-stream', options, (_request, body, next) =>
      next(null, body),
    );
    partRoute(scope, parts);
    done();
  });
}

function partRoute(app: FastifyInstance, parts: HttpParts): void {
  const { imports } = parts.sources;
  app.post('/brands/:brand/imports/:import/parts', async (request, reply): Promise<ImportBody> => {
    const { record } = brandFor(request, parts, 'imports.run');
    const { offset, last } = queryOf(request);
    if (typeof offset !== 'string' || !OFFSET.test(offset))
      throw new Fault('bad_field', 'offset: a whole number of bytes');
    if (last !== undefined && last !== '1') throw new Fault('bad_field', 'last: 1, or nothing');
    // A body of nothing is none to its parser.
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const at = { offset: Number(offset), isLast: last === '1' };
    const one = await imports.take(record, idIn(request), at, bytes);
    if (one.isDone) {
      const { id, counts } = one;
      await noted(request, parts, record, 'file.imported', { import: id, ...counts });
    }
    void reply.header('cache-control', 'no-store');
    return bodyOf(one);
  });
}

/** @throws Fault not_found */
function idIn(request: FastifyRequest): string {
  const { import: id } = request.params as { import: string };
  if (!/^[0-9a-f]{32}$/.test(id)) throw new Fault('not_found', 'there is no such import');
  return id;
}

/** The import of the address. @throws Fault not_found */
async function asked(request: FastifyRequest, parts: HttpParts, imports: ImportDesk) {
  const { record } = brandFor(request, parts, 'imports.run');
  const one = await imports.one(record, idIn(request));
  if (!one) throw new Fault('not_found', 'there is no such import');
  return { record, one };
}

function bodyOf(one: FileImport): ImportBody {
  const { id, source, name, mark, profile, size, offset, part, place, counts, reasons } = one;
  return {
    ...{ id, source, name, mark, profile, size, offset, part, counts, reasons },
    state: one.isDone ? 'done' : 'open',
    line: place.line,
    createdAt: formatInstant(one.createdAt),
    updatedAt: formatInstant(one.updatedAt),
  };
}
