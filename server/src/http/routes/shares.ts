import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  NewShareSchema,
  SHARE_DAYS,
  formatInstant,
  type MadeShare,
  type NewShare,
  type ShareBody,
  type ShareVisit,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { hashOfShare, shareState, type ListedShare } from '../../domain/share/link.ts';
import type { KeptSnapshot } from '../../domain/snapshot/kept.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const wanted = Compile(NewShareSchema);
const DAY = 86_400_000;

/** What shares need of the rest of the server. */
export interface ShareContext extends HttpParts {
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
}

/** Links to snapshots, as the team makes, lists and ends them. */
export function shareRoutes(app: FastifyInstance, parts: ShareContext): void {
  const { shares, snapshots, staff, clock } = parts;

  app.post('/brands/:brand/shares', async (request, reply): Promise<MadeShare> => {
    const { record } = brandFor(request, parts, 'shares.manage');
    const { snapshot, days = SHARE_DAYS, passphrase } = readBody<NewShare>(request, wanted);
    const row = await snapshots.find(snapshot);
    if (row?.brand.organisation !== record.organisation || row.brand.id !== record.id)
      throw new Fault('bad_field', 'snapshot: is none of this brand');
    if (row.audience !== 'public')
      throw new Fault(
        'bad_field',
        'snapshot: holds what the team sees; only what the public may see is shared',
      );
    const [id, secret] = [randomBytes(9).toString('base64url'), randomBytes(32).toString('base64url')];
    const now = clock();
    const link = {
      ...{ brand: { organisation: record.organisation, id: record.id }, id, snapshot, createdAt: now },
      ...{ expiresAt: now + days * DAY, endedAt: null },
      passphrase: passphrase === undefined ? null : await staff.hashPassword(passphrase),
    };
    if (!(await shares.make(link, hashOfShare(secret)))) throw new Fault('unknown_brand');
    const protectedBy = passphrase !== undefined;
    await noted(request, parts, record, 'share.made', { share: id, snapshot, days, passphrase: protectedBy });
    void reply.code(201).header('cache-control', 'no-store');
    const listed = { link, visits: 0, lastVisitAt: null };
    return { ...bodyOf(listed, row, now), url: `${parts.publicUrl}/s/${secret}` };
  });

  app.get('/brands/:brand/shares', async (request, reply): Promise<readonly ShareBody[]> => {
    const { record } = brandFor(request, parts, 'shares.manage');
    const listed = await shares.list(record);
    const ids = [...new Set(listed.map(({ link }) => link.snapshot))];
    const rows = await Promise.all(ids.map((id) => snapshots.find(id)));
    const byId = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
    void reply.header('cache-control', 'no-store');
    return listed.map((one) => bodyOf(one, byId.get(one.link.snapshot) ?? null, clock()));
  });

  app.get('/brands/:brand/shares/:id/visits', async (request, reply): Promise<readonly ShareVisit[]> => {
    const { record } = brandFor(request, parts, 'shares.manage');
    const { id } = request.params as { id: string };
    void reply.header('cache-control', 'no-store');
    return (await shares.visits(record, id)).map(({ at, act }) => ({ at: formatInstant(at), act }));
  });

  app.delete('/brands/:brand/shares/:id', async (request, reply): Promise<void> => {
    const { record } = brandFor(request, parts, 'shares.manage');
    const { id } = request.params as { id: string };
    if (!(await shares.end(record, id, clock()))) throw new Fault('not_found', 'there is no such link');
    await noted(request, parts, record, 'share.ended', { share: id });
    await reply.code(204).send();
  });
}

function bodyOf(
  { link, visits, lastVisitAt }: ListedShare,
  row: KeptSnapshot | null,
  now: number,
): ShareBody {
  return {
    id: link.id,
    snapshot: link.snapshot,
    title: row?.title ?? null,
    window: row?.window ?? null,
    createdAt: formatInstant(link.createdAt),
    expiresAt: formatInstant(link.expiresAt),
    state: shareState(link, now),
    hasPassphrase: link.passphrase !== null,
    visits,
    lastVisitAt: lastVisitAt === null ? null : formatInstant(lastVisitAt),
  };
}
