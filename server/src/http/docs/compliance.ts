import {
  CASE_STATES,
  SAFETY_ALARMS,
  SECTORS,
  SafetyContactSchema,
  type ProblemCode,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const DECIDE: readonly ProblemCode[] = ['unauthenticated', 'forbidden', 'unknown_brand', 'unavailable'];

const Instant = Type.String({ format: 'date-time' });
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const Sentence = Type.Object({ fr: Type.String(), en: Type.String() });
const contact = {
  ...SafetyContactSchema.properties,
  mail: orNull(Type.String()),
  webhook: orNull(Type.String()),
  changedAt: Instant,
};

/** Bodies of policies and quarantine by name. */
export const COMPLIANCE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  SafetyContactDraft: SafetyContactSchema,
  SafetyContact: Type.Object(contact),
  NewSafetyContact: Type.Object({
    ...contact,
    secret: Type.Optional(Type.String({ description: 'signs the webhook (Standard Webhooks); shown once' })),
  }),
  Policy: Type.Object({
    sector: oneOf(SECTORS),
    youngest: oneOf(['15-17', '18+']),
    adverseEvents: Type.Boolean({ description: 'texts that may report an adverse event are quarantined' }),
    sensitiveUnread: Type.Boolean({ description: 'texts on sensitive matter get no label and no excerpt' }),
    ranksPeople: Type.Boolean(),
    invitesFriends: Type.Boolean(),
    outgoingRules: Type.Boolean({ description: 'rules may send because of what a consenting fan does' }),
    healthMessage: orNull(Sentence),
    banner: orNull(Sentence),
    alarm: Type.Optional(
      orNull(Type.Unsafe({ ...oneOf(SAFETY_ALARMS), description: 'reports that nobody acknowledged' })),
    ),
  }),
  Case: Type.Object({
    id: Type.String(),
    version: Type.Integer({ minimum: 1 }),
    state: oneOf(CASE_STATES),
    firstReceivedAt: Instant,
    receivedAt: Instant,
    handedOverAt: orNull(Instant),
    acknowledgedAt: orNull(Instant),
    acknowledgedBy: orNull(oneOf(['link', 'screen'])),
    purgeAt: orNull(Instant),
    deliveries: Type.Array(
      Type.Object({
        channel: oneOf(['mail', 'webhook']),
        state: oneOf(['waiting', 'sent', 'failed']),
        attempts: Type.Integer({ minimum: 0 }),
      }),
    ),
  }),
  Compliance: Type.Object({
    policy: to('Policy'),
    contact: orNull(to('SafetyContact')),
    mail: Type.Boolean({ description: 'is there a mail server?' }),
    cases: Type.Array(to('Case'), { description: 'the latest 100, the newest first' }),
    open: Type.Integer({ minimum: 0, description: 'not acknowledged yet' }),
    most: Type.Integer({ description: 'with so many open ones no text is taken in' }),
    alarm: orNull(oneOf(SAFETY_ALARMS)),
    trials: Type.Array(
      Type.Object({
        policy: oneOf(['sensitive', 'adverse']),
        looked: Type.Integer({ minimum: 0 }),
        withheld: Type.Integer({ minimum: 0 }),
      }),
      { description: 'what each policy made, or would have made, of the texts of the last seven days' },
    ),
  }),
  SafetyLink: Type.Object({
    brand: Type.String(),
    id: Type.String(),
    version: Type.Integer({ minimum: 1 }),
    receivedAt: Instant,
    acknowledgedAt: orNull(Instant),
  }),
};

/** Policies of the trades, and the quarantine. */
export const COMPLIANCE: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/policy'),
    name: 'readPolicy',
    access: 'visitor',
    what: 'What the policy of the brand’s sector allows and withholds',
    answer: json('Policy'),
    problems: ['unauthenticated', 'unknown_brand', 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/compliance'),
    name: 'readCompliance',
    access: 'admin',
    what: 'The policy, the safety contact, the reports under quarantine (sealed: nothing of them can be read), and what each policy would have withheld',
    answer: json('Compliance'),
    problems: DECIDE,
  },
  {
    method: 'PUT',
    path: brand('/safety-contact'),
    name: 'nameSafetyContact',
    access: 'admin',
    what: 'Name who takes reports of adverse events, and the public key they are sealed to',
    body: { schema: 'SafetyContactDraft' },
    answer: json('NewSafetyContact'),
    problems: ['bad_json', 'bad_field', 'too_large', ...DECIDE],
  },
  {
    method: 'DELETE',
    path: brand('/safety-contact'),
    name: 'removeSafetyContact',
    access: 'admin',
    what: 'Name nobody any more: texts of a pharma or veterinary brand are not taken from then on',
    answer: nothing('Removed'),
    problems: ['not_found', ...DECIDE],
  },
  {
    method: 'POST',
    path: brand('/quarantine/:id/acknowledge'),
    name: 'acknowledgeCase',
    access: 'admin',
    what: 'The safety contact has the report: the sealed copy goes 72 hours later',
    answer: nothing('Acknowledged'),
    problems: ['not_found', ...DECIDE],
  },
  {
    method: 'POST',
    path: brand('/quarantine/:id/hand-over'),
    name: 'handCaseOver',
    access: 'admin',
    what: 'Hand a report over again, by every channel the contact has now',
    answer: { status: 202, what: 'Will be handed over' },
    problems: ['not_found', ...DECIDE],
  },
  {
    method: 'GET',
    path: api('/safety/:secret'),
    name: 'readSafetyLink',
    access: 'open',
    what: 'Which report a link of the safety contact is about; nothing of the report itself',
    answer: json('SafetyLink'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/safety/:secret'),
    name: 'acknowledgeByLink',
    access: 'open',
    what: 'Acknowledge a report by its link, without a login',
    answer: nothing('Acknowledged, now or before'),
    problems: ['not_found', 'unavailable'],
  },
];
