import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  NewBiAccessSchema,
  formatInstant,
  type BiAccessBody,
  type BiBody,
  type MadeBiAccess,
  type NewBiAccess,
} from '@fanfare/contract';
import type { BiAccess } from '../../domain/bi/port.ts';
import { BI_DEFINITIONS, BI_VIEWS, isBiView } from '../../domain/bi/views.ts';
import { csvOf } from '../../domain/bi/csv.ts';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';
import { odataRoutes, type BiContext } from './odata.ts';

const draft = Compile(NewBiAccessSchema);

/** Ways in for BI tools, as the team makes, lists and ends them; and the tables that a key opens. */
export function biRoutes(app: FastifyInstance, parts: BiContext): void {
  const { bi, brands, publicUrl } = parts;
  odataRoutes(app, parts);

  app.get('/brands/:brand/bi', async (request, reply): Promise<BiBody> => {
    const { record } = brandFor(request, parts, 'bi.manage');
    const state = bi.state(record);
    void reply.header('cache-control', 'no-store');
    return {
      publishedAt: instant(state?.publishedAt ?? null),
      waiting: state?.waiting ?? 0,
      database: await bi.accesses.database(),
      odata: `${publicUrl}/api/v1/brands/${record.body.slug}/odata/`,
      accesses: bi.accesses.list(record).map(bodyOf),
      views: [...Object.values(BI_VIEWS), BI_DEFINITIONS].map(({ name, comment }) => ({ name, comment })),
    };
  });

  app.post('/brands/:brand/bi/accesses', async (request, reply): Promise<MadeBiAccess> => {
    const { record } = brandFor(request, parts, 'bi.manage');
    const { kind, name } = readBody<NewBiAccess>(request, draft);
    const id = randomBytes(6).toString('hex');
    const secret = randomBytes(24).toString('base64url');
    const made =
      kind === 'role'
        ? await bi.accesses.makeRole(record, name, id, secret)
        : await bi.accesses.makeKey(record, name, id, hashOf(secret));
    await bi.open(record);
    await noted(request, parts, record, 'bi.made', { access: id, kind });
    void reply.code(201).header('cache-control', 'no-store');
    const address = `${publicUrl}/api/v1/bi/${secret}/VIEW.csv`;
    return { ...bodyOf(made), secret: kind === 'role' ? secret : address };
  });

  app.delete('/brands/:brand/bi/accesses/:id', async (request, reply): Promise<void> => {
    const { record } = brandFor(request, parts, 'bi.manage');
    const { id } = request.params as { id: string };
    const ended = await bi.accesses.end(record, id);
    if (!ended) throw new Fault('not_found', 'there is no such way in');
    await noted(request, parts, record, 'bi.ended', { access: id, kind: ended.kind });
    await reply.code(204).send();
  });

  app.get('/bi/:key/:view.csv', async (request, reply) => {
    const { key, view } = request.params as { key: string; view: string };
    const found = bi.accesses.find(hashOf(key));
    const record =
      found &&
      brands.list().find(({ organisation, id }) => organisation === found.organisation && id === found.id);
    if (!record || !isBiView(view)) throw new Fault('not_found');
    await bi.ready(record);
    return reply
      .headers({
        'cache-control': 'private, max-age=60',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
      })
      .type('text/csv; charset=utf-8; header=present')
      .send(Readable.from(csvOf(view, bi.reader.rows(record, view, { from: null, to: null }))));
  });
}

function bodyOf({ id, kind, name, role, createdAt, lastUsedAt }: BiAccess): BiAccessBody {
  return { id, kind, name, role, createdAt: formatInstant(createdAt), lastUsedAt: instant(lastUsedAt) };
}

function instant(at: number | null): string | null {
  return at === null ? null : formatInstant(at);
}

/** The key is random, so that one round of SHA-256 is enough. */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(`bi ${key}`).digest();
}
