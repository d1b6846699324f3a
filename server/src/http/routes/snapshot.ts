import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { snapshotFile, type Action, type SnapshotDetail } from '@fanfare/contract';
import { knows } from '../../domain/access/principal.ts';
import { Fault } from '../../domain/fault.ts';
import { countedUntil, releaseWithdrawals } from '../../domain/snapshot/withdrawals.ts';
import type { KeptSnapshot } from '../../domain/snapshot/kept.ts';
import type { BrandRecord } from '../../parts.ts';
import { permitted, placeOf, principalOf, type HttpParts } from '../context.ts';
import { noted } from '../noted.ts';
import type { FanContext } from '../fan/entrance.ts';
import { metaOf } from './snapshots.ts';

/** One snapshot: what is known of it, its file, its hash for everybody who has the id, its end. */
export function oneSnapshotRoutes(app: FastifyInstance, parts: FanContext): void {
  const { snapshots, clock } = parts;

  app.get('/snapshots/:id', async (request, reply): Promise<SnapshotDetail> => {
    const [row, { body }] = await snapshotFor(request, parts, 'snapshots.read');
    const rules = { audience: row.audience, k: parts.fan.k };
    const until = countedUntil(rules, clock());
    const fans = await snapshots.withdrawals(row.brand, row.asOf, until);
    void reply.header('cache-control', 'no-store');
    return { ...metaOf(row, body.slug), withdrawals: releaseWithdrawals(fans, rules, until) };
  });

  app.get('/snapshots/:id.json', async (request, reply) => {
    const [row, record] = await snapshotFor(request, parts, 'snapshots.read');
    const { body } = record;
    const tag = `"${row.sha256}"`;
    void reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (holds(request.headers['if-none-match'], tag)) return reply.code(304).send();
    const text = await snapshots.text(row);
    if (text === null) throw new Fault('not_found');
    await noted(request, parts, record, 'snapshot.downloaded', { snapshot: row.id });
    const file = Buffer.from(snapshotFile(text, row.sha256));
    const digest = createHash('sha256').update(file).digest('base64');
    const stamp = new Date(row.createdAt).toISOString().replace(/[-:]|\.\d+/g, '');
    return reply
      .header('content-digest', `sha-256=:${digest}:`)
      .header(
        'content-disposition',
        `attachment; filename="fanfare-${body.slug}-${row.window}-${stamp}.json"`,
      )
      .type('application/json; charset=utf-8')
      .send(file);
  });

  // Who has the id has the file: the hash alone tells them nothing more, and lets anybody check it.
  app.get('/snapshots/:id/sha256', async (request, reply): Promise<{ id: string; sha256: string }> => {
    if (!parts.isOpen()) throw new Fault('unavailable');
    const row = await snapshots.find(idOf(request));
    if (!row) throw new Fault('not_found', 'there is no such snapshot here');
    void reply.header('cache-control', 'no-store');
    return { id: row.id, sha256: row.sha256 };
  });

  app.delete('/snapshots/:id', async (request, reply): Promise<void> => {
    const [row, record] = await snapshotFor(request, parts, 'snapshots.make');
    if (!(await snapshots.remove(row))) throw new Fault('not_found');
    await noted(request, parts, record, 'snapshot.deleted', { snapshot: row.id });
    await reply.code(204).send();
  });
}

/** The snapshot of the address and its brand, as far as the reader may see the brand. @throws Fault */
async function snapshotFor(
  request: FastifyRequest,
  { access, isOpen, brands, snapshots }: HttpParts,
  action: Action,
): Promise<[KeptSnapshot, BrandRecord]> {
  const principal = principalOf(request, access);
  if (!isOpen()) throw new Fault('unavailable');
  const row = await snapshots.find(idOf(request));
  const owner = brands.list().find(({ organisation, id }) => {
    return organisation === row?.brand.organisation && id === row.brand.id;
  });
  if (principal.kind !== 'root' && !(owner && knows(principal, placeOf(owner))))
    throw new Fault(principal.kind === 'visitor' ? 'unauthenticated' : 'not_found');
  if (!row || !owner) throw new Fault('not_found');
  return [row, permitted(principal, action, owner.body.slug, brands).record];
}

/** @throws Fault not_found for what cannot be an id */
function idOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!/^[\w-]{22}$/.test(id)) throw new Fault('not_found', 'there is no such snapshot here');
  return id;
}

function holds(header: string | undefined, tag: string): boolean {
  const tags = header?.split(',').map((one) => one.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(tag) || tags.includes('*');
}
