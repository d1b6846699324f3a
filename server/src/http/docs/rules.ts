import {
  KINDS,
  LOCALES,
  NETWORKS,
  RULE_LIMITS,
  RuleDraftSchema,
  RuleWebhookSchema,
  WINDOWS,
  type ProblemCode,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const MANAGE: readonly ProblemCode[] = ['forbidden', 'unknown_brand', 'unavailable'];
const ONE: readonly ProblemCode[] = ['not_found', ...MANAGE];
const Instant = Type.String({ format: 'date-time' });
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const Fans = orNull(Type.Integer({ minimum: 0, description: 'distinct fans' }));
const webhook = {
  webhook: Type.String({ format: 'uri' }),
  provenAt: orNull(Type.String({ format: 'date-time', description: 'when it took a signed test' })),
};
const rule = {
  id: Type.Integer(),
  name: Type.String(),
  kinds: Type.Array(oneOf(KINDS)),
  network: orNull(oneOf(NETWORKS)),
  campaign: orNull(Type.String()),
  object: orNull(Type.String()),
  count: Type.Integer({ minimum: 1, maximum: RULE_LIMITS.count }),
  window: oneOf(WINDOWS),
  days: Type.Integer({ minimum: 1, description: 'at most once in so many days for each fan' }),
  quiet: orNull(Type.Object({ from: Type.String(), to: Type.String() })),
  perDay: Type.Integer({ minimum: 1, description: 'at most so many fans a day of the brand' }),
  on: Type.Boolean(),
  since: orNull(Type.String({ format: 'date-time', description: 'acts count from here on' })),
  createdAt: Instant,
  counts: Type.Object(
    { sent: Fans, waiting: Fans, failed: Fans, stopped: Fans },
    { description: 'fans of the last 30 days; null: fewer than k' },
  ),
};

/** Bodies of rules by name. */
export const RULE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  RuleDraft: RuleDraftSchema,
  RuleAddress: RuleWebhookSchema,
  Rule: Type.Object(rule),
  RuleWebhook: Type.Object({
    ...webhook,
    secret: Type.Optional(Type.String({ description: 'signs what is sent (Standard Webhooks); shown once' })),
  }),
  RuleList: Type.Object({
    rules: Type.Array(Type.Object(rule)),
    webhook: orNull(Type.Object(webhook)),
    stoppedAt: orNull(Instant),
    allowed: Type.Boolean({ description: 'may rules run in the brand’s trade?' }),
    k: Type.Integer(),
  }),
  RuleTrial: Type.Object({
    fans: orNull(Type.Integer({ minimum: 0, description: 'in tens; null: fewer than k' })),
    days: Type.Integer(),
    k: Type.Integer(),
  }),
  OfferLink: Type.Object({
    brand: Type.String(),
    locale: oneOf(LOCALES),
    state: oneOf(['agreed', 'ended']),
  }),
};

/** What tells a brand's own server of what consenting fans do. */
export const RULES: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/rules'),
    name: 'listRules',
    access: 'admin',
    what: 'The rules of a brand, where they send to, and the switch that ends them all',
    answer: json('RuleList'),
    problems: MANAGE,
  },
  {
    method: 'POST',
    path: brand('/rules'),
    name: 'makeRule',
    access: 'admin',
    what: 'A rule: when a fan who agreed to offers does this, a signed webhook says so. Off at first',
    body: { schema: 'RuleDraft' },
    answer: { status: 201, what: 'The rule', schema: 'Rule' },
    problems: ['bad_json', 'bad_field', 'too_large', 'trade_forbids', ...MANAGE],
  },
  {
    method: 'PUT',
    path: brand('/rules/:id'),
    name: 'changeRule',
    access: 'admin',
    what: 'Replace a rule; it begins anew, and what waits under it is not sent',
    body: { schema: 'RuleDraft' },
    answer: json('Rule'),
    problems: ['bad_json', 'bad_field', ...ONE],
  },
  {
    method: 'DELETE',
    path: brand('/rules/:id'),
    name: 'deleteRule',
    access: 'admin',
    what: 'Delete a rule; it can be restored for a day',
    answer: nothing('Deleted'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/rules/:id/restore'),
    name: 'restoreRule',
    access: 'admin',
    what: 'Bring back a rule that was deleted within the last day; it is off',
    answer: json('Rule'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/rules/:id/on'),
    name: 'switchRuleOn',
    access: 'admin',
    what: 'Let a rule run; what happened before does not count',
    answer: json('Rule'),
    problems: ['not_proven', 'trade_forbids', ...ONE],
  },
  {
    method: 'POST',
    path: brand('/rules/:id/off'),
    name: 'switchRuleOff',
    access: 'admin',
    what: 'End a rule at once; what waits under it is not sent',
    answer: json('Rule'),
    problems: ONE,
  },
  {
    method: 'POST',
    path: brand('/rules/stop'),
    name: 'stopRules',
    access: 'admin',
    what: 'End all rules of a brand at once; what waits is not sent',
    answer: nothing('Nothing is sent any more'),
    problems: MANAGE,
  },
  {
    method: 'POST',
    path: brand('/rules/allow'),
    name: 'allowRules',
    access: 'admin',
    what: 'Let the rules that are on run again; what happened meanwhile does not count',
    answer: nothing('Rules run again'),
    problems: MANAGE,
  },
  {
    method: 'POST',
    path: brand('/rules/trial'),
    name: 'tryRule',
    access: 'admin',
    what: 'How many fans such a rule would have told of in the last seven days; nothing is sent or kept',
    body: { schema: 'RuleDraft' },
    answer: json('RuleTrial'),
    problems: ['bad_json', 'bad_field', 'overloaded', ...MANAGE],
  },
  {
    method: 'PUT',
    path: brand('/rules/webhook'),
    name: 'setRuleWebhook',
    access: 'admin',
    what: 'Where rules send to. Another address has a new secret, and has to take a test first',
    body: { schema: 'RuleAddress' },
    answer: json('RuleWebhook'),
    problems: ['bad_json', 'bad_field', ...MANAGE],
  },
  {
    method: 'POST',
    path: brand('/rules/webhook/test'),
    name: 'testRuleWebhook',
    access: 'admin',
    what: 'Send a signed test about nobody; when it is taken (2xx), rules may send there',
    answer: json('RuleWebhook'),
    problems: ['unreachable', 'overloaded', ...ONE],
  },
  {
    method: 'GET',
    path: api('/no-offers/:token'),
    name: 'readOfferLink',
    access: 'open',
    what: 'What the link is about by which a fan says no to offers; opening it changes nothing',
    answer: json('OfferLink'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/no-offers/:token'),
    name: 'endOffers',
    access: 'open',
    what: 'This fan agrees to offers no more; the same answer when they did not',
    answer: nothing('Ended'),
    problems: ['not_found', 'unavailable', 'overloaded'],
  },
];
