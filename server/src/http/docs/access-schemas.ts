import {
  DeviceQuestionSchema,
  DisplayChangeSchema,
  DisplayDraftSchema,
  SCOPES,
  TokenDraftSchema,
  WALL_SCENES,
  WallChangeSchema,
  WallOrderSchema,
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

const slide = Type.Object({
  brand: Type.String({ description: 'slug' }),
  scene: Type.Union(WALL_SCENES.map((scene) => Type.Literal(scene))),
});
const ownDisplay = {
  name: Type.String(),
  brands: Type.Array(Type.String(), { description: 'slugs' }),
  wall: Type.Object({
    settings: Type.Required(WallChangeSchema),
    paused: Type.Boolean(),
    pinned: orNull(slide),
  }),
};
const place = Type.Object({
  slug: Type.String(),
  name: Type.String(),
  timeZone: Type.String(),
  sector: Type.String(),
  demonstration: Type.Boolean(),
});
const OwnDisplay = Type.Object({ ...ownDisplay, places: Type.Array(place) });

/** Bodies about who gets in. */
export const ACCESS_SCHEMAS: Readonly<Record<string, TSchema>> = {
  TokenDraft: TokenDraftSchema,
  DisplayDraft: DisplayDraftSchema,
  DisplayChange: DisplayChangeSchema,
  DeviceQuestion: DeviceQuestionSchema,
  OwnDisplay,
  OwnTurn: Type.Object({
    turn: Type.String(),
    own: OwnDisplay,
    orders: Type.Array(
      Type.Union((['next', 'reload', 'identify'] as const).map((name) => Type.Literal(name))),
    ),
  }),
  WallOrder: WallOrderSchema,
  Display: Type.Object({
    id: Type.String(),
    ...ownDisplay,
    showing: orNull(slide),
    version: orNull(Type.String({ description: 'build of the pages it runs' })),
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
