import { ALERT_EVENTS, AlertDraftSchema, AlertMuteSchema, type ProblemCode } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { brand, json, nothing, type Operation } from './operation.ts';

const MANAGE: readonly ProblemCode[] = ['forbidden', 'unknown_brand', 'unavailable'];
const ONE: readonly ProblemCode[] = ['not_found', ...MANAGE];

const Instant = Type.String({ format: 'date-time' });
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const value = { value: orNull(Type.Number()), n: orNull(Type.Integer()) };
const alert = {
  id: Type.Integer(),
  ...AlertDraftSchema.properties,
  firing: Type.Boolean(),
  since: orNull(Instant),
  acknowledgedAt: orNull(Instant),
  mutedUntil: orNull(Instant),
  waiting: Type.Boolean({ description: 'quiet hours hold something back' }),
  last: orNull(Type.Object({ at: Instant, ...value })),
  createdAt: Instant,
};
const event = Type.Object({
  id: Type.Integer(),
  alert: Type.Integer(),
  kind: Type.Union(ALERT_EVENTS.map((kind) => Type.Literal(kind))),
  at: Instant,
  ...value,
  deliveries: Type.Array(
    Type.Object({
      channel: Type.Union([Type.Literal('mail'), Type.Literal('webhook')]),
      state: Type.Union([Type.Literal('waiting'), Type.Literal('sent'), Type.Literal('failed')]),
      attempts: Type.Integer({ minimum: 0 }),
    }),
  ),
});

/** Bodies of alerts by name. */
export const ALERT_SCHEMAS: Readonly<Record<string, TSchema>> = {
  AlertDraft: AlertDraftSchema,
  AlertMute: AlertMuteSchema,
  Alert: Type.Object(alert),
  NewAlert: Type.Object({
    ...alert,
    secret: Type.Optional(Type.String({ description: 'signs the webhook (Standard Webhooks); shown once' })),
  }),
  AlertList: Type.Object({
    alerts: Type.Array(Type.Object(alert)),
    events: Type.Array(event, { description: 'the newest first' }),
    mail: Type.Boolean({ description: 'is there a mail server?' }),
  }),
  AlertPreview: Type.Object({
    fired: orNull(Type.Integer({ minimum: 0 })),
    hours: Type.Integer({ minimum: 0 }),
    hidden: Type.Integer({ minimum: 0, description: 'hours the board hides' }),
    estimated: Type.Boolean(),
  }),
};

/** Thresholds on published measures. */
export const ALERTS: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/alerts'),
    name: 'listAlerts',
    access: 'visitor',
    what: 'The alerts of a brand, where each stands, and what happened lately',
    answer: json('AlertList'),
    problems: ['unauthenticated', ...MANAGE],
  },
  {
    method: 'POST',
    path: brand('/alerts'),
    name: 'makeAlert',
    access: 'admin',
    what: 'Watch a published measure: fires at one level, ends at another',
    body: { schema: 'AlertDraft' },
    answer: { status: 201, what: 'The alert', schema: 'NewAlert' },
    problems: ['bad_json', 'bad_field', 'too_large', ...MANAGE],
  },
  {
    method: 'PUT',
    path: brand('/alerts/:id'),
    name: 'changeAlert',
    access: 'admin',
    what: 'Replace what an alert watches; it begins anew',
    body: { schema: 'AlertDraft' },
    answer: json('NewAlert'),
    problems: ['bad_json', 'bad_field', ...ONE],
  },
  {
    method: 'DELETE',
    path: brand('/alerts/:id'),
    name: 'deleteAlert',
    access: 'admin',
    what: 'Delete an alert with its history',
    answer: nothing('Deleted'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/alerts/preview'),
    name: 'previewAlert',
    access: 'admin',
    what: 'How often such an alert would have fired in the last seven days, as far as published hours tell',
    body: { schema: 'AlertDraft' },
    answer: json('AlertPreview'),
    problems: ['bad_json', 'bad_field', ...MANAGE],
  },
  {
    method: 'POST',
    path: brand('/alerts/:id/mute'),
    name: 'muteAlert',
    access: 'admin',
    what: 'Tell nothing of an alert until an instant, or again from now on',
    body: { schema: 'AlertMute' },
    answer: json('Alert'),
    problems: ['bad_json', 'bad_field', ...ONE],
  },
  {
    method: 'POST',
    path: brand('/alerts/:id/acknowledge'),
    name: 'acknowledgeAlert',
    access: 'admin',
    what: 'Somebody has seen it: the banner goes',
    answer: json('Alert'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/alerts/:id/test'),
    name: 'testAlert',
    access: 'admin',
    what: 'Tell a test to everybody the alert tells',
    answer: { status: 202, what: 'Will be told' },
    problems: ONE,
  },
];
