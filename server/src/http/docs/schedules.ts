import { LOCALES, ScheduleDraftSchema, SubscriptionSchema, type ProblemCode } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const MANAGE: readonly ProblemCode[] = ['unauthenticated', 'forbidden', 'unknown_brand', 'unavailable'];
const ONE: readonly ProblemCode[] = ['not_found', ...MANAGE];

const Instant = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));

const run = Type.Object({
  due: Type.String({ format: 'date-time', description: 'of a test, when it was asked for' }),
  kind: oneOf(['due', 'test']),
  late: Type.Boolean({ description: 'the server was away at its time' }),
  state: oneOf(['preparing', 'sending', 'sent', 'partly', 'failed', 'dropped']),
  ...{ sent: Count, failed: Count, waiting: Count },
  picture: orNull(oneOf(['with', 'no_browser', 'failed'])),
  snapshot: orNull(Type.String()),
});
const schedule = Type.Object({
  id: Type.Integer(),
  ...ScheduleDraftSchema.properties,
  paused: Type.Boolean(),
  recipients: Type.Array(
    Type.Object({
      mail: Type.String(),
      left: orNull(Type.String({ format: 'date-time', description: 'since when they want it no more' })),
    }),
  ),
  next: orNull(Instant),
  runs: Type.Array(run, { description: 'the latest sendings, the newest first' }),
  createdAt: Instant,
});

/** Bodies of schedules by name. */
export const SCHEDULE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  ScheduleDraft: ScheduleDraftSchema,
  Schedule: schedule,
  ScheduleList: Type.Object({
    schedules: Type.Array(schedule),
    mail: Type.Boolean({ description: 'is there a mail server? Without one none is switched on' }),
    browser: Type.Boolean({ description: 'can pictures be drawn here?' }),
    me: orNull(Type.String({ description: 'where a test would go' })),
  }),
  SubscriptionWish: SubscriptionSchema,
  Subscription: Type.Object({
    brand: Type.String(),
    schedule: Type.String(),
    locale: oneOf(LOCALES),
    state: oneOf(['subscribed', 'left']),
  }),
};

/** Boards sent by mail, and leaving them. */
export const SCHEDULES: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/schedules'),
    name: 'listSchedules',
    access: 'admin',
    what: 'The boards that are sent by mail, when each is sent next, and what became of the last ones',
    answer: json('ScheduleList'),
    problems: MANAGE,
  },
  {
    method: 'POST',
    path: brand('/schedules'),
    name: 'makeSchedule',
    access: 'admin',
    what: 'Freeze what the public may see of a board at an hour of the brand’s zone, and send it by mail; paused where there is no mail server',
    body: { schema: 'ScheduleDraft' },
    answer: { status: 201, what: 'The schedule', schema: 'Schedule' },
    problems: ['bad_json', 'bad_field', 'too_large', ...MANAGE],
  },
  {
    method: 'PUT',
    path: brand('/schedules/:id'),
    name: 'changeSchedule',
    access: 'admin',
    what: 'Replace what is sent, when, and to whom; somebody who left stays away',
    body: { schema: 'ScheduleDraft' },
    answer: json('Schedule'),
    problems: ['bad_json', 'bad_field', ...ONE],
  },
  {
    method: 'DELETE',
    path: brand('/schedules/:id'),
    name: 'deleteSchedule',
    access: 'admin',
    what: 'Delete a schedule with its recipients; the snapshots it sent stay',
    answer: nothing('Deleted'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/schedules/:id/pause'),
    name: 'pauseSchedule',
    access: 'admin',
    what: 'Send nothing from now on, nor what waits',
    answer: json('Schedule'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/schedules/:id/resume'),
    name: 'resumeSchedule',
    access: 'admin',
    what: 'Send again from the next time on; what was due meanwhile is not sent',
    answer: json('Schedule'),
    problems: ['unreachable', ...ONE],
  },
  {
    method: 'POST',
    path: brand('/schedules/:id/test'),
    name: 'testSchedule',
    access: 'admin',
    what: 'Send it now, to whoever asks alone',
    answer: { status: 202, what: 'Will be sent' },
    problems: ['unreachable', 'overloaded', ...ONE],
  },
  {
    method: 'GET',
    path: brand('/schedules/:id/preview'),
    name: 'previewSchedule',
    access: 'admin',
    what: 'The mail as it would be now, without its picture',
    answer: { status: 200, what: 'A page', type: 'text/html' },
    problems: ONE,
  },
  {
    method: 'GET',
    path: api('/subscriptions/:token'),
    name: 'readSubscription',
    access: 'open',
    what: 'What the link at the end of a scheduled mail is about',
    answer: json('Subscription'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'PUT',
    path: api('/subscriptions/:token'),
    name: 'setSubscription',
    access: 'open',
    what: 'Receive such mails no more, or again',
    body: { schema: 'SubscriptionWish' },
    answer: json('Subscription'),
    problems: ['bad_json', 'bad_field', 'not_found', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/unsubscribe/:token'),
    name: 'unsubscribe',
    access: 'open',
    what: 'One click in a mail program (RFC 8058)',
    answer: nothing('No more are sent'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'GET',
    path: api('/unsubscribe/:token'),
    name: 'openUnsubscribe',
    access: 'open',
    what: 'Leads to the page where one leaves: looking at an address ends nothing',
    answer: { status: 303, what: 'The page' },
    problems: ['not_found', 'unavailable'],
  },
];
