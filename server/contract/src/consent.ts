import { Type } from 'typebox';
import { checkInstant, clip, type ItemFault } from './event.ts';
import { parseInstant } from './instant.ts';
import { isLonger, isSoundText } from './text.ts';
import {
  AGES,
  METHODS,
  NETWORKS,
  PURPOSES,
  type Age,
  type Method,
  type Network,
  type Purpose,
} from './vocabulary.ts';

const Id = Type.String({ minLength: 1, maxLength: 256 });
const oneOf = (values: readonly string[]) => Type.Union(values.map((v) => Type.Literal(v)));

/** JSON schema of one consent record, for the published API description. */
export const ConsentSchema = Type.Object(
  {
    network: oneOf(NETWORKS),
    fan: Id,
    purposes: Type.Object(Object.fromEntries(PURPOSES.map((p) => [p, Type.Optional(Type.Boolean())])), {
      additionalProperties: false,
      minProperties: 1,
    }),
    at: Type.String({ format: 'date-time', maxLength: 40 }),
    age: oneOf(AGES),
    method: oneOf(METHODS),
    notice: Type.Object(
      {
        version: Type.String({ minLength: 1, maxLength: 64 }),
        locale: Type.String({ minLength: 1, maxLength: 35 }),
      },
      { additionalProperties: false },
    ),
    evidence: Type.Optional(Type.String({ maxLength: 512 })),
    expires: Type.Optional(
      Type.String({ format: 'date-time', maxLength: 40, description: 'ends it before its 13 months' }),
    ),
  },
  { additionalProperties: false },
);

/** One act of consent, checked: purposes given (`true`) or withdrawn (`false`) at one instant. */
export interface ConsentBody {
  readonly network: Network;
  readonly fan: string;
  readonly purposes: Readonly<Partial<Record<Purpose, boolean>>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly age: Age;
  readonly method: Method;
  readonly notice: { readonly version: string; readonly locale: string };
  readonly evidence?: string;
  /** When it ends, milliseconds, if that is before its 13 months; absent: after these. */
  readonly expires?: number;
}

const FIELDS = ['network', 'fan', 'purposes', 'at', 'age', 'method', 'notice', 'evidence', 'expires'];

/** Check one consent record of the HTTP API. Total: never throws, never coerces. `now` in ms. */
export function parseConsent(value: unknown, now: number): ConsentBody | ItemFault {
  if (!isRecord(value)) return { code: 'not_an_object', detail: 'a consent record is a JSON object' };
  for (const name of Object.keys(value)) if (!FIELDS.includes(name)) return unknown(name);
  const fault =
    text(value, 'network', 1, 16, NETWORKS) ??
    text(value, 'fan', 1, 256) ??
    purposesFault(value['purposes']) ??
    text(value, 'at', 1, 40) ??
    text(value, 'age', 1, 8, AGES) ??
    text(value, 'method', 1, 16, METHODS) ??
    noticeFault(value['notice']) ??
    (value['evidence'] === undefined ? null : text(value, 'evidence', 0, 512)) ??
    (value['expires'] === undefined ? null : text(value, 'expires', 1, 40));
  if (fault) return fault;
  const { expires, ...body } = value as Omit<ConsentBody, 'at' | 'expires'> & {
    at: string;
    expires?: string;
  };
  const at = parseInstant(body.at);
  if (at === null) return bad('at', 'not an RFC 3339 instant with offset');
  const wrong = checkInstant(at, now, 'at');
  if (wrong || expires === undefined) return wrong ?? { ...body, at };
  const end = parseInstant(expires);
  if (end === null) return bad('expires', 'not an RFC 3339 instant with offset');
  return end > at ? { ...body, at, expires: end } : bad('expires', 'a consent ends after it is given');
}

/** One request to withdraw or erase: the fan by network id; `purposes` absent means all. */
export interface FanBody {
  readonly network: Network;
  readonly fan: string;
  readonly purposes?: readonly Purpose[];
}

/** Check the body of `withdraw` and `erase`. */
export function parseFan(value: unknown): FanBody | ItemFault {
  if (!isRecord(value)) return { code: 'not_an_object', detail: 'the body is a JSON object' };
  for (const name of Object.keys(value)) {
    if (!['network', 'fan', 'purposes'].includes(name)) return unknown(name);
  }
  const fault = text(value, 'network', 1, 16, NETWORKS) ?? text(value, 'fan', 1, 256);
  if (fault) return fault;
  const { purposes } = value;
  if (purposes !== undefined) {
    const known = Array.isArray(purposes) && purposes.length > 0 && purposes.every((p) => isPurpose(p));
    if (!known) return bad('purposes', `purposes is a list of ${PURPOSES.join(', ')}`);
  }
  return value as FanBody & Record<string, unknown>;
}

/** Is this the name of a purpose? */
export function isPurpose(value: unknown): value is Purpose {
  return typeof value === 'string' && (PURPOSES as readonly string[]).includes(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(name: string): ItemFault {
  return { code: 'unknown_field', field: clip(name), detail: `${clip(name)} is not a field here` };
}

function bad(field: string, detail: string): ItemFault {
  return { code: 'bad_value', field, detail };
}

function purposesFault(value: unknown): ItemFault | null {
  if (value === undefined)
    return { code: 'missing_field', field: 'purposes', detail: 'purposes is required' };
  if (!isRecord(value) || Object.keys(value).length === 0) {
    return { code: 'bad_type', field: 'purposes', detail: 'purposes is an object of true and false' };
  }
  for (const [name, given] of Object.entries(value)) {
    if (!isPurpose(name)) return bad(`purposes.${clip(name)}`, `a purpose is one of ${PURPOSES.join(', ')}`);
    if (typeof given !== 'boolean')
      return { code: 'bad_type', field: `purposes.${name}`, detail: 'true or false' };
  }
  return null;
}

function noticeFault(value: unknown): ItemFault | null {
  if (value === undefined) return { code: 'missing_field', field: 'notice', detail: 'notice is required' };
  if (!isRecord(value)) return { code: 'bad_type', field: 'notice', detail: 'notice is an object' };
  for (const name of Object.keys(value))
    if (name !== 'version' && name !== 'locale') return unknown(`notice.${name}`);
  return (
    text(value, 'version', 1, 64, undefined, 'notice.version') ??
    text(value, 'locale', 1, 35, undefined, 'notice.locale')
  );
}

function text(
  from: Record<string, unknown>,
  name: string,
  min: number,
  max: number,
  of?: readonly string[],
  field = name,
): ItemFault | null {
  const value = from[name];
  if (value === undefined) return { code: 'missing_field', field, detail: `${field} is required` };
  if (typeof value !== 'string') return { code: 'bad_type', field, detail: `${field} is a string` };
  if (of && !of.includes(value)) return bad(field, `${field} is one of ${of.join(', ')}`);
  if (value.length < min) return bad(field, `${field} is empty`);
  if (isLonger(value, max))
    return { code: 'too_long', field, detail: `${field} has more than ${max} characters` };
  return isSoundText(value)
    ? null
    : { code: 'bad_text', field, detail: `${field} holds NUL or a lone surrogate` };
}
