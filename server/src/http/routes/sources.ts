import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  SecretChangeSchema,
  SourceChangeSchema,
  SourceDraftSchema,
  type ConnectorId,
  type NewSource,
  type ReplayAnswer,
  type SourceBody,
  type SourceChange,
  type SourceDetail,
  type SourceDraft,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { Source } from '../../domain/sources/source.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';
import { letterBody, sourceBody } from '../source-body.ts';
import { purchaseRoutes } from './purchases.ts';
import { importRoutes } from './imports.ts';

const draft = Compile(SourceDraftSchema);
const change = Compile(SourceChangeSchema);
const secretChange = Compile(SecretChangeSchema);
/** Sources of one brand at most. */
const MOST = 50;

/** Connections of a brand to networks: made, changed, looked at, taken away. */
export function sourceRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { sources } = parts;
  const { book } = sources;

  app.get('/brands/:brand/sources', (request, reply): readonly SourceBody[] => {
    const brand = brandFor(request, parts, 'sources.manage');
    void reply.header('cache-control', 'no-store');
    return book.list(brand.record).map((source) => sourceBody(source, sources));
  });

  app.post('/brands/:brand/sources', async (request, reply): Promise<NewSource> => {
    const { record } = brandFor(request, parts, 'sources.manage');
    const {
      connector,
      name,
      account: written = null,
      token = null,
      secret: given,
    } = readBody<SourceDraft>(request, draft);
    const isOurs = checkSecret(sources, connector, given);
    if (book.list(record).length >= MOST)
      throw new Fault('bad_field', `connector: a brand has ${MOST} sources at most`);
    const account = await sources.check({ connector, account: written, token });
    const current = given ?? (isOurs ? makeSecret() : '');
    const secrets = { current, previous: null, verify: randomBytes(18).toString('base64url'), token };
    const address = randomBytes(18).toString('base64url');
    const source = await book.make(record, { address, connector, name, account, secrets });
    await noted(request, parts, record, 'source.connected', { source: source.id, connector });
    void reply.code(201).header('cache-control', 'no-store');
    return { ...sourceBody(source, sources), secret: isOurs ? current : null };
  });

  app.get('/brands/:brand/sources/:source', async (request, reply): Promise<SourceDetail> => {
    const { source } = asked(request, parts);
    void reply.header('cache-control', 'no-store');
    const letters = await sources.deliveries.letters(source);
    return {
      ...sourceBody(source, sources),
      deliveries: sources.recent(source),
      letters: letters.map(letterBody),
    };
  });

  app.patch('/brands/:brand/sources/:source', async (request): Promise<SourceBody> => {
    const { source, record } = asked(request, parts);
    const { name, account, token, paused } = readBody<SourceChange>(request, change);
    const wanted = {
      account: account === undefined ? source.account : account,
      token: token === undefined ? source.secrets.token : token,
    };
    const kept =
      account === undefined && token === undefined
        ? source.account
        : await sources.check({ connector: source.connector, ...wanted });
    const changed = await book.change(source, {
      ...(name === undefined ? {} : { name }),
      account: kept,
      ...(paused === undefined ? {} : { paused }),
      ...(token === undefined ? {} : { secrets: { ...source.secrets, token } }),
    });
    if (!changed) throw new Fault('not_found', 'there is no such source');
    // Where one account was left off says nothing about another.
    if (kept !== source.account) book.note(changed, { cursor: null });
    const told = { source: source.id, ...(paused === undefined ? {} : { paused }) };
    await noted(request, parts, record, 'source.changed', told);
    return sourceBody(changed, sources);
  });

  app.delete('/brands/:brand/sources/:source', async (request, reply): Promise<void> => {
    const { source, record } = asked(request, parts);
    if (!(await book.remove(source))) throw new Fault('not_found', 'there is no such source');
    await noted(request, parts, record, 'source.removed', { source: source.id, connector: source.connector });
    await reply.code(204).send();
  });

  secretRoutes(app, parts);
  workRoutes(app, parts);
  purchaseRoutes(app, parts);
  importRoutes(app, parts);
}

/** Rotation: the new secret signs at once, the one before it until it is ended. */
function secretRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { sources } = parts;

  app.post('/brands/:brand/sources/:source/secret', async (request, reply): Promise<NewSource> => {
    const { source, record } = asked(request, parts);
    const { secret: given } = readBody<{ secret?: string }>(request, secretChange);
    const isOurs = checkSecret(sources, source.connector, given);
    if (!isOurs && given === undefined) throw new Fault('bad_field', 'secret: is required');
    const current = given ?? makeSecret();
    if (current === source.secrets.current) throw new Fault('bad_field', 'secret: is in use already');
    const secrets = { ...source.secrets, current, previous: source.secrets.current || null };
    const changed = await sources.book.change(source, { secrets });
    if (!changed) throw new Fault('not_found', 'there is no such source');
    await noted(request, parts, record, 'source.secret_changed', { source: source.id });
    void reply.header('cache-control', 'no-store');
    return { ...sourceBody(changed, sources), secret: isOurs ? current : null };
  });

  app.delete('/brands/:brand/sources/:source/secret/previous', async (request, reply): Promise<void> => {
    const { source, record } = asked(request, parts);
    await sources.book.change(source, { secrets: { ...source.secrets, previous: null } });
    await noted(request, parts, record, 'source.secret_changed', { source: source.id, ended: true });
    await reply.code(204).send();
  });
}

/** What is done with a source by hand. */
function workRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { sources } = parts;

  app.post(
    '/brands/:brand/sources/:source/letters/:letter/replay',
    async (request): Promise<ReplayAnswer> => {
      const { source, record } = asked(request, parts);
      const { letter } = request.params as { letter: string };
      if (!/^[0-9a-f]{32}$/.test(letter)) throw new Fault('not_found', 'there is no such letter');
      const answer = await sources.replay(source, letter);
      await noted(request, parts, record, 'source.replayed', { source: source.id });
      return answer;
    },
  );

  app.post('/brands/:brand/sources/:source/figures', async (request, reply: FastifyReply): Promise<void> => {
    const { source } = asked(request, parts);
    await sources.readFigures(source);
    await reply.code(204).send();
  });
}

/** The source of the address. @throws Fault not_found */
function asked(request: FastifyRequest, parts: HttpParts) {
  const { record } = brandFor(request, parts, 'sources.manage');
  const { source: text } = request.params as { source: string };
  const source: Source | null = /^\d{1,9}$/.test(text) ? parts.sources.book.one(record, Number(text)) : null;
  if (!source) throw new Fault('not_found', 'there is no such source');
  return { source, record };
}

/** Is a secret given where the network has one, and only there? Gives whether it is made here. @throws Fault bad_field */
function checkSecret(
  { connectors }: HttpParts['sources'],
  connector: ConnectorId,
  given: string | undefined,
): boolean {
  const { secretBy, listens } = connectors[connector];
  if (given !== undefined && secretBy === 'us')
    throw new Fault('bad_field', 'secret: is made here for this connector');
  if (given !== undefined && secretBy === 'nobody')
    throw new Fault('bad_field', 'secret: nothing is signed for this connector');
  if (given === undefined && secretBy === 'network' && !listens)
    throw new Fault('bad_field', 'secret: is required');
  return secretBy === 'us';
}

function makeSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}
