import { OPERATIONS } from '@fanfare/server/http/docs/operations.ts';
import type { Operation } from '@fanfare/server/http/docs/operation.ts';
import { SCHEMAS } from '@fanfare/server/http/docs/schemas.ts';
import type { Wallet } from './fuzz-wallet.ts';

/** One request as it is sent; `path` is raw, as no well-behaved client would write it. */
export interface Shot {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

type Chance = () => number;
type Json = Readonly<Record<string, unknown>>;

const NASTY: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202egnp.exe',
  '__proto__',
  "'; DROP TABLE brands; --",
  '=cmd|x!A1',
  '<script>1</script>',
  '%00',
  '../../etc/passwd',
  '9'.repeat(400),
  'é'.repeat(5_000),
  '2026-02-30T25:61:61Z',
  '0000-01-01T00:00:00Z',
  null,
  true,
  0,
  -0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: { prototype: 1 } },
];

/** The families of routes: what stands after `/api/v1/`, and for a brand what stands below it. */
export function families(): ReadonlyMap<string, readonly Operation[]> {
  const found = new Map<string, Operation[]>();
  for (const operation of OPERATIONS) {
    if (operation.path === '/api/v1/live') continue;
    const [first = '', brand, below] = operation.path.replace(/^\/(?:api\/(?:v1\/)?)?/, '').split('/');
    const name = first === 'brands' && brand !== undefined ? `brands/${below ?? ''}` : first;
    found.set(name, [...(found.get(name) ?? []), operation]);
  }
  return found;
}

/** A request made by the grammar of the description, then bent in up to three places. @param brand one that is served */
export function shotOf(operation: Operation, brand: string, wallet: Wallet, chance: Chance): Shot {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  // Files that a browser draws take longer than an answer may: none is drawn here.
  const isDrawn = /\.(?:pdf|png)$/.test(operation.path);
  const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    chance() < 0.75 && name === 'brand'
      ? brand
      : isDrawn || chance() < 0.6
        ? part(pick, chance)
        : pick(wallet.ids),
  );
  const query = (operation.query ?? [])
    .filter(() => chance() < 0.7)
    .map(({ name, schema }) => `${name}=${textOf(valueOf(schema as Json, chance, 0))}`);
  if (chance() < 0.1) query.push(pick(['window=1h&window=5m', '%=', '__proto__=1', 'window[]=1h', '&&&=']));
  const schema = operation.body && (SCHEMAS as Json)[operation.body.schema];
  let body: Buffer | null = null;
  if (schema !== undefined && chance() < 0.95) {
    const one = () => valueOf(schema as Json, chance, 0);
    const value = operation.body?.many && chance() < 0.5 ? [one(), one(), one()] : one();
    body = Buffer.from(bend(JSON.stringify(value), pick, chance));
  } else if (chance() < 0.1) body = Buffer.from('{}');
  const types = [
    'application/json',
    'application/x-ndjson',
    'text/csv',
    'text/html',
    'application/json;;',
    '',
  ];
  const who = chance();
  const headers: Record<string, string> = {
    // Half as the installation, else by another proof, a bad one, or cookies alone, of a page of ours.
    ...(who < 0.75
      ? { authorization: who < 0.5 ? wallet.good[0]! : pick(who < 0.65 ? wallet.good : wallet.bad) }
      : {}),
    ...(who >= 0.7 ? { cookie: pick(wallet.cookies), 'sec-fetch-site': 'same-origin' } : {}),
    // A crowd of callers, so that allowances are not all that is tried.
    'x-forwarded-for': `198.18.${Math.floor(chance() * 250)}.${Math.floor(chance() * 250)}`,
    ...(body ? { 'content-type': chance() < 0.85 ? 'application/json' : pick(types) } : {}),
    ...(chance() < 0.05 ? { 'x-forwarded-for': pick(['', ',,,', '::::', '1.1.1.1'.repeat(99)]) } : {}),
  };
  const method =
    chance() < 0.95 ? operation.method : pick(['PUT', 'OPTIONS', 'HEAD', 'TRACE', 'DELETE', 'PATCH']);
  return { method, path: query.length > 0 ? `${path}?${query.join('&')}` : path, headers, body };
}

function part(pick: <T>(list: readonly T[]) => T, chance: Chance): string {
  if (chance() < 0.5) return textOf(pick(NASTY)).slice(0, 300) || '-';
  return pick([
    '1',
    '-1',
    '99999999999999999999',
    'x',
    '%2e%2e',
    '%ff',
    '..%2f',
    '%00',
    'a'.repeat(129),
    '00000000-0000-4000-8000-000000000000',
  ]);
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(text.toWellFormed());
}

/** A value that fits the schema, or in one place of eight does not. */
function valueOf(schema: Json, chance: Chance, depth: number): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  if (chance() < 0.12 || depth > 6) return pick(NASTY);
  const { $ref, anyOf, type, properties, items, required } = schema;
  if (typeof $ref === 'string') {
    const named = (SCHEMAS as Json)[$ref.split('/').at(-1) ?? ''];
    return named === undefined ? null : valueOf(named as Json, chance, depth + 1);
  }
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return pick(schema['enum'] as unknown[]);
  if (Array.isArray(anyOf)) return valueOf(pick(anyOf as Json[]), chance, depth + 1);
  if (type === 'array')
    return Array.from({ length: Math.floor(chance() * 4) }, () =>
      valueOf((items ?? {}) as Json, chance, depth + 1),
    );
  if (type === 'object' || properties !== undefined) {
    const must = new Set(Array.isArray(required) ? (required as string[]) : []);
    const made: [string, unknown][] = [];
    for (const [name, one] of Object.entries((properties ?? {}) as Record<string, Json>))
      if (must.has(name) ? chance() < 0.97 : chance() < 0.5)
        made.push([name, valueOf(one, chance, depth + 1)]);
    if (chance() < 0.05) made.push([pick(['extra', '__proto__', 'constructor', '']), pick(NASTY)]);
    return Object.fromEntries(made);
  }
  if (type === 'integer' || type === 'number') return pick([0, 1, 7, 90, -1, 1.5, 1e9]);
  if (type === 'boolean') return chance() < 0.5;
  return pick([
    'a',
    'ada',
    'facebook',
    'fr',
    '2026-11-22T10:00:00Z',
    'Ada Lovelace',
    'a@b.example',
    '1h',
    '18+',
  ]);
}

/** Cut, double or change a piece of a text, mostly not. */
function bend(text: string, pick: <T>(list: readonly T[]) => T, chance: Chance): string {
  let bent = text;
  while (chance() < 0.15) {
    const at = Math.floor(chance() * bent.length);
    const end = at + Math.floor(chance() * 12);
    bent =
      bent.slice(0, at) +
      pick(['', '"', '{', ']', '\\u0000', '\\ud800', ',', '1e999', '\n', bent.slice(at, end).repeat(3)]) +
      bent.slice(end);
  }
  return bent;
}
