import { PROBLEMS, type ProblemCode } from '@fanfare/contract';
import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { SCHEMAS } from './schemas.ts';

/** The API as an OpenAPI 3.1 document. @param server address people use, without a slash at the end */
export function openApi(server: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[operation.method.toLowerCase()] = describe(operation);
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Fanfare',
      version: '1',
      summary: 'Live engagement numbers for brands, always with the fan’s permission',
      description:
        'Errors are `application/problem+json` with a `code` and a `requestId`. Writes answer after the commit. ' +
        'Without a token or a session one sees the demonstration brand alone.',
    },
    servers: [{ url: server }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token with every right' },
        session: { type: 'apiKey', in: 'cookie', name: 'fanfare_session' },
      },
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([code, [, title]]) => [
          code,
          { description: title, content: { 'application/problem+json': { schema: ref('Problem') } } },
        ]),
      ),
    },
  };
}

function describe({ name, path, method, what, access, query, body, answer, problems }: Operation): unknown {
  const params = [...path.matchAll(/:(\w+)/g)].map(([, param]) => ({
    name: param,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const queries = (query ?? []).map(({ name: param, ...rest }) => ({ name: param, in: 'query', ...rest }));
  return {
    operationId: name,
    summary: what,
    tags: [path.replace('/api/v1', '').split('/')[1]],
    ...(access === 'open'
      ? { security: [{}] }
      : access === 'visitor'
        ? { security: [{}, { token: [] }, { session: [] }] }
        : {}),
    ...(params.length + queries.length > 0 ? { parameters: [...params, ...queries] } : {}),
    ...(body
      ? {
          requestBody: {
            required: method !== 'POST' || !body.optional,
            content: contentOf(body),
          },
        }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.what,
        ...(answer.schema
          ? { content: { [answer.type ?? 'application/json']: { schema: schemaOf(answer.schema) } } }
          : {}),
      },
      ...problemsOf(
        access === 'admin' ? ['unauthenticated', 'bad_origin', ...(problems ?? [])] : (problems ?? []),
      ),
    },
  };
}

/** One item, an array or NDJSON where many may be sent. */
function contentOf({ schema: name, many = false, table, bytes }: NonNullable<Operation['body']>): unknown {
  const one = schemaOf(name);
  if (bytes) return { 'application/octet-stream': { schema: one } };
  if (!many) return { 'application/json': { schema: one } };
  return {
    'application/json': { schema: { oneOf: [one, { type: 'array', items: one }] } },
    'application/x-ndjson': { schema: { ...one, description: 'one a line, at most 64 KiB each' } },
    ...(table ? { 'text/csv': { schema: { type: 'string', description: table } } } : {}),
  };
}

/** A status can stand for several problems; the `code` of the answer tells them apart. */
function problemsOf(codes: readonly ProblemCode[]): Record<string, unknown> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const [status] = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, [first, ...more]]) => [
      status,
      more.length === 0
        ? { $ref: `#/components/responses/${first}` }
        : {
            description: [first!, ...more].map((code) => PROBLEMS[code][1]).join('; '),
            content: { 'application/problem+json': { schema: ref('Problem') } },
          },
    ]),
  );
}

function schemaOf(name: string): object {
  return name.endsWith('[]') ? { type: 'array', items: schemaOf(name.slice(0, -2)) } : ref(name);
}

function ref(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
