import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { snapshotFile, type SnapshotDetail } from '@fanfare/contract';
import { fileName } from '../../domain/export/port.ts';
import { Fault } from '../../domain/fault.ts';
import { countedUntil, releaseWithdrawals } from '../../domain/snapshot/withdrawals.ts';
import { noted } from '../noted.ts';
import type { FanContext } from '../fan/entrance.ts';
import { holdsTag } from '../send-file.ts';
import { snapshotFor, snapshotIdOf } from '../snapshot-for.ts';
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
    if (holdsTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
    const text = await snapshots.text(row);
    if (text === null) throw new Fault('not_found');
    await noted(request, parts, record, 'snapshot.downloaded', { snapshot: row.id });
    const file = Buffer.from(snapshotFile(text, row.sha256));
    const digest = createHash('sha256').update(file).digest('base64');
    return reply
      .header('content-digest', `sha-256=:${digest}:`)
      .header('content-disposition', `attachment; filename="${fileName({ row, brand: body.slug })}.json"`)
      .type('application/json; charset=utf-8')
      .send(file);
  });

  // Who has the id has the file: the hash alone tells them nothing more, and lets anybody check it.
  app.get('/snapshots/:id/sha256', async (request, reply): Promise<{ id: string; sha256: string }> => {
    if (!parts.isOpen()) throw new Fault('unavailable');
    const row = await snapshots.find(snapshotIdOf(request));
    if (!row) throw new Fault('not_found', 'there is no such snapshot here');
    void reply.header('cache-control', 'no-store');
    return { id: row.id, sha256: row.sha256 };
  });

  app.delete('/snapshots/:id', async (request, reply): Promise<void> => {
    const [row, record] = await snapshotFor(request, parts, 'snapshots.make');
    if (!(await snapshots.remove(row))) throw new Fault('not_found');
    await parts.exports.forget(row.id);
    await noted(request, parts, record, 'snapshot.deleted', { snapshot: row.id });
    await reply.code(204).send();
  });
}
