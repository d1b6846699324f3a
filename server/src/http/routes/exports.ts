import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  CSV_PROFILES,
  EXPORT_FORMATS,
  NewExportSchema,
  type BrandBody,
  type ExportFormat,
  type ExportJob,
  type ExportPreview,
  type ExportWish,
  type Locale,
  type NewExport,
  type PrintedSnapshot,
  type Snapshot,
} from '@fanfare/contract';
import { FILE_TYPES, fileName } from '../../domain/export/port.ts';
import { Fault } from '../../domain/fault.ts';
import { freeze } from '../../domain/snapshot/freeze.ts';
import { brandFor, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { queryOf, windowOf } from '../query.ts';
import { readBody } from '../schema.ts';
import { holdsTag, sendFile, whileWaiting } from '../send-file.ts';
import { brandOf, snapshotFor, snapshotIdOf } from '../snapshot-for.ts';
import { boardFor } from './snapshots.ts';

const wanted = Compile(NewExportSchema);

/** Snapshots as files, at once or in the background, and what a file will hold. */
export function exportRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { exports } = parts;

  for (const format of EXPORT_FORMATS) {
    // The file of a snapshot itself has rules of its own: always the same bytes, for whoever may read it.
    if (format !== 'json')
      app.get(`/snapshots/:id.${format}`, (request, reply) => file(request, reply, format));
  }

  async function file(
    request: FastifyRequest,
    reply: Parameters<typeof sendFile>[0],
    format: ExportFormat,
  ): Promise<unknown> {
    const [row, record] = await snapshotFor(request, parts, 'exports.make');
    const wish = wishOf(queryOf(request), format, record.body);
    const tag = `"${row.sha256}.${wish.profile}.${wish.locale}"`;
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (holdsTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
    const source = { row, brand: record.body.slug };
    const made = await exports.file(source, wish, whileWaiting(reply));
    await noted(request, parts, record, 'export.made', { snapshot: row.id, format });
    return sendFile(reply, made, `${fileName(source)}.${FILE_TYPES[format][1]}`);
  }

  app.post('/snapshots/:id/exports', async (request, reply): Promise<ExportJob> => {
    const [row, record] = await snapshotFor(request, parts, 'exports.make');
    const { format, ...given } = readBody<NewExport>(request, wanted);
    const job = exports.begin({ row, brand: record.body.slug }, wishOf(given, format, record.body));
    void reply.code(202).header('location', `/api/v1/exports/${job.id}`);
    return job;
  });

  app.get('/exports/:job', async (request, reply): Promise<ExportJob> => {
    void reply.header('cache-control', 'no-store');
    return jobFor(request);
  });

  app.delete('/exports/:job', async (request): Promise<ExportJob> => {
    const { id } = await jobFor(request);
    return exports.cancel(id) ?? nothing();
  });

  async function jobFor(request: FastifyRequest): Promise<ExportJob> {
    const { job: id } = request.params as { job: string };
    // Before it is looked for: a stranger is told the same of a job that is there and of one that is not.
    if (principalOf(request, parts.access).kind === 'visitor') throw new Fault('unauthenticated');
    const job = exports.job(id);
    if (!job) throw new Fault('not_found');
    await snapshotFor(request, parts, 'exports.make', job.snapshot);
    return job;
  }

  app.get('/brands/:brand/export-preview', async (request, reply): Promise<ExportPreview> => {
    const { record } = brandFor(request, parts, 'exports.make');
    const { audience, locale } = queryOf(request);
    const window = windowOf(request);
    const board = await boardFor(
      { window, audience: audience === 'public' ? 'public' : 'team' },
      record.body.slug,
      parts,
    );
    void reply.header('cache-control', 'no-store');
    const draft = freeze(board, { id: '', title: '', createdAt: parts.clock(), brand: record.body });
    return exports.preview(draft, localeOf(locale, record.body));
  });

  app.get('/snapshots/:id/preview', async (request, reply): Promise<ExportPreview> => {
    const [row, record] = await snapshotFor(request, parts, 'exports.make');
    const text = (await parts.snapshots.text(row)) ?? nothing();
    void reply.header('cache-control', 'no-store');
    return exports.preview(JSON.parse(text) as Snapshot, localeOf(queryOf(request)['locale'], record.body));
  });

  // The server's own browser shows a ticket for this one snapshot; everybody else is somebody.
  app.get('/snapshots/:id/print', async (request, reply): Promise<PrintedSnapshot> => {
    const { ticket } = queryOf(request);
    const id = snapshotIdOf(request);
    const hasTicket = typeof ticket === 'string' && exports.isTicket(id, ticket);
    const row = hasTicket
      ? await parts.snapshots.find(id)
      : (await snapshotFor(request, parts, 'snapshots.read'))[0];
    const record = row && brandOf(row, parts.brands);
    if (!row || !record) throw new Fault('not_found');
    const text = (await parts.snapshots.text(row)) ?? nothing();
    void reply.header('cache-control', 'no-store');
    return {
      snapshot: JSON.parse(text) as Snapshot,
      sha256: row.sha256,
      link: exports.link({ row, brand: record.body.slug }),
    };
  });
}

/** What an address asks for. @throws Fault bad_field */
export function wishOf(given: Record<string, unknown>, format: ExportFormat, brand: BrandBody): ExportWish {
  const profile = CSV_PROFILES.find((one) => one === (given['profile'] ?? 'international'));
  if (profile === undefined) throw new Fault('bad_field', `profile: is one of ${CSV_PROFILES.join(', ')}`);
  return { format, profile, locale: localeOf(given['locale'], brand) };
}

/** @throws Fault bad_field */
function localeOf(given: unknown, brand: BrandBody): Locale {
  const locale = given ?? brand.locale;
  if (locale !== 'fr' && locale !== 'en') throw new Fault('bad_field', 'locale: is one of fr, en');
  return locale;
}

/** @throws Fault not_found */
function nothing(): never {
  throw new Fault('not_found', 'there is nothing here, or not any more');
}
