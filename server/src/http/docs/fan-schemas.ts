import { LOCALES, NETWORKS, PURPOSES } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const anything = Type.Record(Type.String(), Type.Unknown());
const Purposes = Type.Array(oneOf(PURPOSES));
const Instant = Type.String({ format: 'date-time' });
const Hash = Type.String({ pattern: '^[0-9a-f]{32}$', description: 'as the page lists it' });
const OwnPart = Type.Object(
  { consenting: Type.Integer(), reach: Type.Integer(), engagements: Type.Integer() },
  { description: 'the fan’s own part in the totals of 30 days, exact; the totals are the public’s' },
);
const effect = {
  totals: anything,
  yours: Type.Object({ before: OwnPart, after: OwnPart }),
  seq: Type.Integer({ minimum: 0 }),
};

/** Bodies of the fan's page and the public page of a brand, by name. */
export const FAN_SCHEMAS: Readonly<Record<string, TSchema>> = {
  Invitation: Type.Object({
    network: oneOf(NETWORKS),
    fan: Type.String({ minLength: 1, maxLength: 256 }),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    locale: Type.Optional(oneOf(LOCALES)),
  }),
  Invited: Type.Object({
    sent: Type.Boolean({ description: 'handed to the mail server' }),
    expiresAt: Instant,
    link: Type.Optional(Type.String({ description: 'when it was not sent' })),
  }),
  FanLink: Type.Object({ link: Type.String({ maxLength: 2_048 }) }),
  FanState: anything,
  FanAnswers: Type.Object({
    purposes: Type.Record(oneOf(PURPOSES), Type.Boolean()),
    age: Type.Optional(Type.String({ description: 'needed to give; remembered after' })),
    notice: Type.Object({ version: Type.String(), locale: oneOf(LOCALES) }),
  }),
  FanWithdrawal: Type.Object({ purposes: Type.Optional(Purposes) }),
  FanEffect: Type.Object({ given: Purposes, withdrawn: Purposes, ...effect }),
  FanErasure: Type.Object({ confirm: oneOf(['EFFACER', 'ERASE']) }),
  FanErased: Type.Object({ confirmation: Type.String({ format: 'uuid' }), ...effect }),
  FanMail: Type.Object({
    email: Type.String({ format: 'email', maxLength: 254 }),
    locale: Type.Optional(oneOf(LOCALES)),
  }),
  FanMailToken: Type.Object({ token: Type.String({ maxLength: 2_048, description: '`mail` of the link' }) }),
  FanMailHandle: Type.Object({ mail: Hash }),
  FanOrder: Type.Object({ order: Hash }),
  ProofAccount: Type.Object({
    server: Type.Optional(Type.String({ description: 'mastodon: the server the account is on' })),
    handle: Type.Optional(Type.String({ description: 'bluesky: the whole handle, or a DID' })),
    locale: Type.Optional(oneOf(LOCALES)),
  }),
  ClientMetadata: anything,
  ProofRedirect: Type.Object({ redirect: Type.String({ format: 'uri' }) }),
  Trust: anything,
};
