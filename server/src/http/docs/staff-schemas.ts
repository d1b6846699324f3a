import {
  ACTIONS,
  AcceptanceSchema,
  InvitationSchema,
  MemberChangeSchema,
  PasswordChangeSchema,
  ResetAskSchema,
  ResetSchema,
  ROLES,
  SetUpSchema,
  SignInSchema,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';

const Instant = Type.String({ format: 'date-time' });
const Role = Type.Union(ROLES.map((role) => Type.Literal(role)));
const Actions = Type.Array(Type.Union(ACTIONS.map((action) => Type.Literal(action))));
const Invitation = {
  id: Type.String(),
  email: Type.String(),
  role: Role,
  createdAt: Instant,
  expiresAt: Instant,
};

/** Bodies of accounts, members and invitations, by name. */
export const STAFF_SCHEMAS: Readonly<Record<string, TSchema>> = {
  SetUp: SetUpSchema,
  SignIn: SignInSchema,
  PasswordChange: PasswordChangeSchema,
  NewInvitation: InvitationSchema,
  Acceptance: AcceptanceSchema,
  MemberChange: MemberChangeSchema,
  SignedIn: Type.Object({
    signedIn: Type.Boolean(),
    kind: Type.Union(['visitor', 'root', 'member', 'token', 'display'].map((kind) => Type.Literal(kind))),
    name: Type.Optional(Type.String()),
    email: Type.Optional(Type.String()),
    organisations: Type.Array(
      Type.Object({
        id: Type.Integer(),
        name: Type.String(),
        role: Type.Union([Role, Type.Null()]),
        may: Actions,
      }),
    ),
    brand: Type.Optional(
      Type.Object({ organisation: Type.Union([Type.Integer(), Type.Null()]), may: Actions }),
    ),
    needsOwner: Type.Boolean(),
  }),
  Member: Type.Object({
    user: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: Role,
    since: Instant,
    self: Type.Boolean(),
  }),
  Invitation: Type.Object(Invitation),
  Invited: Type.Object({
    ...Invitation,
    mailed: Type.Boolean(),
    link: Type.Optional(Type.String({ description: 'to hand over; absent when it was mailed' })),
  }),
  ResetAsk: ResetAskSchema,
  NewPassword: ResetSchema,
  ResetMade: Type.Object({
    mailed: Type.Boolean(),
    expiresAt: Instant,
    link: Type.Optional(Type.String({ description: 'to hand over; absent when it was mailed' })),
  }),
  SignInWays: Type.Object({
    mail: Type.Boolean(),
    company: Type.Union([Type.String(), Type.Null()]),
  }),
  ResetOf: Type.Object({ name: Type.String(), email: Type.String() }),
  Offer: Type.Object({
    organisation: Type.String(),
    email: Type.String(),
    role: Role,
    known: Type.Boolean(),
  }),
  OwnSession: Type.Object({
    id: Type.String(),
    createdAt: Instant,
    usedAt: Instant,
    expiresAt: Instant,
    address: Type.String(),
    browser: Type.Union([Type.String(), Type.Null()]),
    current: Type.Boolean(),
  }),
  SignInStep: Type.Record(Type.String(), Type.Unknown(), {
    description: '`twoFactorRedirect` when a code of the application is needed too; never a token',
  }),
  Code: Type.Object({ code: Type.String() }),
  OwnPassword: Type.Object({ password: Type.String() }),
  PasskeyAnswer: Type.Record(Type.String(), Type.Unknown(), { description: 'as WebAuthn gives it' }),
  Anything: Type.Record(Type.String(), Type.Unknown()),
  PasskeyOf: Type.Object({ id: Type.String() }),
};
