import {
  DeviceQuestionSchema,
  DisplayChangeSchema,
  DisplayDraftSchema,
  SCOPES,
  TokenDraftSchema,
} from '@fanfare/contract';
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

const ownDisplay = {
  name: Type.String(),
  brands: Type.Array(Type.String(), { description: 'slugs' }),
};

/** Bodies about who gets in. */
export const ACCESS_SCHEMAS: Readonly<Record<string, TSchema>> = {
  TokenDraft: TokenDraftSchema,
  DisplayDraft: DisplayDraftSchema,
  DisplayChange: DisplayChangeSchema,
  DeviceQuestion: DeviceQuestionSchema,
  OwnDisplay: Type.Object(ownDisplay),
  Display: Type.Object({
    id: Type.String(),
    ...ownDisplay,
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
  }),
  DeviceCodes: Type.Object({
    device_code: Type.String({ description: 'for the television alone' }),
    user_code: Type.String({ description: 'XXXX-XXXX, to be shown' }),
    verification_uri: Type.String(),
    verification_uri_complete: Type.String(),
    expires_in: Type.Integer({ description: 'seconds' }),
    interval: Type.Integer({ description: 'seconds between two questions' }),
  }),
  WaitingDisplay: Type.Object({
    userCode: Type.String(),
    browser: orNull(Type.String()),
    address: Type.String(),
    expiresAt: Instant,
  }),
  Renewed: Type.Object({ rotated: Type.Boolean() }),
  Token: Type.Object(token),
  NewToken: Type.Object({ ...token, token: Type.String({ description: 'shown this once' }) }),
};
