import { SCOPES, TokenDraftSchema } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';

const Instant = Type.String({ format: 'date-time' });
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);

const token = {
  id: Type.String({ description: 'first 8 characters of the token after its prefix' }),
  name: Type.String(),
  scopes: Type.Array(Type.Union(SCOPES.map((scope) => Type.Literal(scope)))),
  brands: orNull(Type.Array(Type.String(), { description: 'slugs; null for every brand' })),
  createdAt: Instant,
  expiresAt: orNull(Instant),
  lastUsedAt: orNull(Instant),
};

/** Bodies about who gets in. */
export const ACCESS_SCHEMAS: Readonly<Record<string, TSchema>> = {
  TokenDraft: TokenDraftSchema,
  Token: Type.Object(token),
  NewToken: Type.Object({ ...token, token: Type.String({ description: 'shown this once' }) }),
};
