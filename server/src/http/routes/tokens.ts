import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  TokenDraftSchema,
  formatInstant,
  type NewToken,
  type TokenBody,
  type TokenDraft,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { ApiToken } from '../../domain/access/token.ts';
import type { Directory } from '../../parts.ts';
import { brandNumbers, organisationFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { authorOf } from '../noted.ts';
import { readBody } from '../schema.ts';

const draft = Compile(TokenDraftSchema);
const DAY = 86_400_000;

/** API tokens of an organisation: made and shown once, listed, ended. */
export function tokenRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { tokens, brands, clock } = parts;

  app.get('/tokens', (request, reply): readonly TokenBody[] => {
    const organisation = organisationFor(request, parts, 'tokens.manage');
    void reply.header('cache-control', 'no-store');
    return tokens.list(organisation).map((token) => bodyOf(token, brands));
  });

  app.post('/tokens', async (request, reply): Promise<NewToken> => {
    const organisation = organisationFor(request, parts, 'tokens.manage');
    const { name, scopes, brands: slugs, days } = readBody<TokenDraft>(request, draft);
    const { kept, token } = await tokens.make(
      {
        ...{ organisation, name, scopes },
        brands: slugs ? brandNumbers(slugs, organisation, brands) : null,
        expiresAt: days === undefined ? null : clock() + days * DAY,
      },
      randomBytes(32),
      authorOf(request, parts),
    );
    void reply.code(201).header('cache-control', 'no-store');
    return { ...bodyOf(kept, brands), token };
  });

  app.delete('/tokens/:id', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, parts, 'tokens.manage');
    const { id } = request.params as { id: string };
    if (!(await tokens.revoke(organisation, id, authorOf(request, parts))))
      throw new Fault('not_found', 'there is no such token');
    await reply.code(204).send();
  });
}

function bodyOf(token: ApiToken, brands: Directory): TokenBody {
  const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = token;
  const instant = (at: number | null): string | null => (at === null ? null : formatInstant(at));
  const ours = brands.list().filter(({ organisation }) => organisation === token.organisation);
  return {
    ...{ id, name, scopes },
    brands:
      token.brands && ours.filter((brand) => token.brands!.includes(brand.id)).map(({ body }) => body.slug),
    createdAt: formatInstant(createdAt),
    expiresAt: instant(expiresAt),
    lastUsedAt: instant(lastUsedAt),
  };
}
