import { Type } from 'typebox';
import { parseInstant } from './instant.ts';
import type { ItemCode } from './problem.ts';
import { isLonger, isSoundText } from './text.ts';
import { KINDS, NETWORKS, VERBS, type Kind, type Network, type Verb } from './vocabulary.ts';

/** An id as the network writes it: 1–256 characters, a string always. */
const Id = Type.String({ minLength: 1, maxLength: 256 });

/** What the key of a table is never called: see `KEYS`. */
const KEY = '^(?!__proto__$)';

/** JSON schema of one engagement, for the published API description. */
export const EventSchema = Type.Object(
  {
    id: Id,
    rev: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
    verb: Type.Optional(Type.Union(VERBS.map((v) => Type.Literal(v)))),
    network: Type.Union(NETWORKS.map((n) => Type.Literal(n))),
    kind: Type.Optional(Type.Union(KINDS.map((k) => Type.Literal(k)))),
    fan: Type.Optional(Id),
    occurredAt: Type.String({ format: 'date-time', maxLength: 40 }),
    object: Type.Optional(Id),
    objectOwner: Type.Optional(Id),
    followers: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
    reaction: Type.Optional(Type.String({ minLength: 1, maxLength: 32, pattern: KEY })),
    text: Type.Optional(Type.String({ maxLength: 10_000 })),
    lang: Type.Optional(Type.String({ minLength: 1, maxLength: 35, pattern: KEY })),
    campaign: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: KEY })),
    url: Type.Optional(Type.String({ maxLength: 2_048 })),
  },
  { additionalProperties: false },
);

/** One engagement as a source states it, checked. `fan` and `kind` are absent only on removals. */
export interface EventBody {
  readonly id: string;
  readonly rev: number;
  readonly verb: Verb;
  readonly network: Network;
  readonly kind?: Kind;
  readonly fan?: string;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly object?: string;
  readonly objectOwner?: string;
  readonly followers?: number;
  readonly reaction?: string;
  readonly text?: string;
  readonly lang?: string;
  readonly campaign?: string;
  readonly url?: string;
}

/** Why an item is not taken. */
export interface ItemFault {
  readonly code: ItemCode;
  readonly field?: string;
  readonly detail: string;
}

type Rule = { readonly max: number; readonly min: number } | { readonly of: ReadonlySet<string> } | 'count';

const id: Rule = { min: 1, max: 256 };
const RULES: Readonly<Record<string, Rule>> = {
  id,
  rev: 'count',
  verb: { of: new Set<string>(VERBS) },
  network: { of: new Set<string>(NETWORKS) },
  kind: { of: new Set<string>(KINDS) },
  fan: id,
  occurredAt: { min: 1, max: 40 },
  object: id,
  objectOwner: id,
  followers: 'count',
  reaction: { min: 1, max: 32 },
  text: { min: 0, max: 10_000 },
  lang: { min: 1, max: 35 },
  campaign: { min: 1, max: 64 },
  url: { min: 0, max: 2_048 },
};

/** Fields whose values are keys on a board: one name is no key that every reader of JSON could hold. */
const KEYS: ReadonlySet<string> = new Set(['campaign', 'reaction', 'lang']);

const NEEDED_TO_REMOVE = ['id', 'network', 'occurredAt'];
const NEEDED = [...NEEDED_TO_REMOVE, 'kind', 'fan'];

/** An event with good fields, as it was sent. */
type Stated = Omit<EventBody, 'rev' | 'verb' | 'occurredAt'> & {
  readonly rev?: number;
  readonly verb?: Verb;
  readonly occurredAt: string;
};

const FUTURE_MS = 5 * 60_000;
/** Oldest event taken: 25 months, as long as hour rollups are kept. */
const OLDEST_MS = 25 * 30.4375 * 86_400_000;

/**
 * Check one event of the HTTP API. Total: never throws, never coerces.
 * @param now milliseconds since 1970, for `in_future` (5 minutes) and `too_old` (25 months)
 */
export function parseEvent(value: unknown, now: number): EventBody | ItemFault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { code: 'not_an_object', detail: 'an event is a JSON object' };
  }
  const fields = value as Record<string, unknown>;
  for (const name in fields) {
    const fault = checkField(name, fields[name]);
    if (fault) return fault;
  }
  const required = fields['verb'] === 'remove' ? NEEDED_TO_REMOVE : NEEDED;
  const missing = required.find((name) => fields[name] === undefined);
  if (missing) return { code: 'missing_field', field: missing, detail: `${missing} is required` };
  const body = value as Stated;
  const at = parseInstant(body.occurredAt);
  if (at === null)
    return { code: 'bad_value', field: 'occurredAt', detail: 'not an RFC 3339 instant with offset' };
  const early = checkInstant(at, now);
  if (early) return early;
  return { ...body, rev: body.rev ?? 0, verb: body.verb ?? 'add', occurredAt: at };
}

/** The limits on the instant of an act: not over 5 minutes ahead, not over 25 months ago. */
export function checkInstant(at: number, now: number, field = 'occurredAt'): ItemFault | null {
  if (at > now + FUTURE_MS)
    return { code: 'in_future', field, detail: `${field} is more than 5 minutes ahead` };
  if (at < now - OLDEST_MS) return { code: 'too_old', field, detail: `${field} is more than 25 months ago` };
  return null;
}

function checkField(name: string, value: unknown): ItemFault | null {
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (!rule) {
    return { code: 'unknown_field', field: clip(name), detail: `${clip(name)} is not a field of an event` };
  }
  if (rule === 'count') {
    const fits = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647;
    return fits
      ? null
      : { code: 'bad_type', field: name, detail: `${name} is a whole number from 0 to 2147483647` };
  }
  if (typeof value !== 'string') return { code: 'bad_type', field: name, detail: `${name} is a string` };
  if ('of' in rule) {
    return rule.of.has(value)
      ? null
      : { code: 'bad_value', field: name, detail: `${name} is one of ${[...rule.of].join(', ')}` };
  }
  if (value.length < rule.min) return { code: 'bad_value', field: name, detail: `${name} is empty` };
  if (isLonger(value, rule.max)) {
    return { code: 'too_long', field: name, detail: `${name} has more than ${rule.max} characters` };
  }
  if (value === '__proto__' && KEYS.has(name))
    return { code: 'bad_value', field: name, detail: `${name} cannot be the key of a table` };
  if (!isSoundText(value))
    return { code: 'bad_text', field: name, detail: `${name} holds NUL or a lone surrogate` };
  return null;
}

/** A field name from outside, made safe to repeat in an answer. */
export function clip(name: string): string {
  return name.slice(0, 64).toWellFormed().replaceAll('\0', '');
}

/** Tells a fault from a checked item. */
export function isFault(item: object): item is ItemFault {
  return 'code' in item && 'detail' in item;
}
