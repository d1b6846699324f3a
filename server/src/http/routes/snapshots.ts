import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  NewSnapshotSchema,
  formatInstant,
  type Board,
  type NewSnapshot,
  type SnapshotList,
  type SnapshotMeta,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { freeze } from '../../domain/snapshot/freeze.ts';
import { seal } from '../../domain/snapshot/seal.ts';
import type { KeptSnapshot } from '../../domain/snapshot/kept.ts';
import { snapshotId } from '../../domain/snapshot/snapshot-id.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const wanted = Compile(NewSnapshotSchema);
/** Snapshots of one page of a list. */
const [PAGE, MOST_PAGE] = [50, 200];

/** Freeze a board of a brand, and list what was frozen. */
export function snapshotRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { snapshots, clock } = parts;

  app.post('/brands/:brand/snapshots', async (request, reply): Promise<SnapshotMeta> => {
    const { record } = brandFor(request, parts, 'snapshots.make');
    const asked = readBody<NewSnapshot>(request, wanted);
    const board = await boardFor(asked, record.body.slug, parts);
    const [id, createdAt, title] = [snapshotId(randomBytes(16)), clock(), asked.title?.trim() ?? ''];
    const { window, audience } = board;
    const sealed = seal(freeze(board, { id, title, createdAt, brand: record.body }));
    const brand = { organisation: record.organisation, id: record.id };
    const kept = { brand, id, title, window, audience, asOf: Date.parse(board.asOf), createdAt };
    if (!(await snapshots.keep(kept, sealed))) throw new Fault('unknown_brand');
    await noted(request, parts, record, 'snapshot.made', { snapshot: id, window, audience });
    void reply.code(201).header('location', `/api/v1/snapshots/${id}`);
    return metaOf({ ...kept, sha256: sealed.sha256 }, record.body.slug);
  });

  app.get('/brands/:brand/snapshots', async (request, reply): Promise<SnapshotList> => {
    const { record } = brandFor(request, parts, 'snapshots.read');
    const { most, before } = pageOf(request);
    const rows = await snapshots.list(record, most + 1, before);
    const page = rows.slice(0, most);
    const last = page.at(-1);
    void reply.header('cache-control', 'no-store');
    return {
      snapshots: page.map((row) => metaOf(row, record.body.slug)),
      next: rows.length > most && last ? `${last.createdAt}.${last.id}` : null,
    };
  });
}

/** @param slug of its brand */
export function metaOf(row: KeptSnapshot, slug: string): SnapshotMeta {
  const { id, title, window, audience, sha256 } = row;
  const [asOf, createdAt] = [formatInstant(row.asOf), formatInstant(row.createdAt)];
  return { id, brand: slug, title, window, audience, asOf, createdAt, sha256 };
}

/** The board of now, as it is released to an audience. @throws Fault unknown_brand */
export async function boardFor(
  { window, audience }: Pick<NewSnapshot, 'window' | 'audience'>,
  slug: string,
  parts: Pick<HttpParts, 'board' | 'publicBoard'>,
): Promise<Board> {
  const board = audience === 'public' ? parts.publicBoard(slug, window) : await parts.board(slug, window);
  if (!board) throw new Fault('unknown_brand');
  return board;
}

function pageOf(request: FastifyRequest): { most: number; before: { createdAt: number; id: string } | null } {
  const { limit = String(PAGE), before } = queryOf(request);
  if (typeof limit !== 'string' || !/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST_PAGE)
    throw new Fault('bad_field', `limit: is a whole number from 1 to ${MOST_PAGE}`);
  if (before === undefined) return { most: Number(limit), before: null };
  const [, createdAt, id] = /^(\d{1,15})\.([\w-]{22})$/.exec(typeof before === 'string' ? before : '') ?? [];
  if (createdAt === undefined || id === undefined)
    throw new Fault('bad_field', 'before: is the `next` of the page before');
  return { most: Number(limit), before: { createdAt: Number(createdAt), id } };
}
