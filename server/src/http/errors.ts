import type { FastifyInstance, FastifyReply } from 'fastify';
import { DEVICE_ERRORS, PROBLEMS, type Problem, type ProblemCode } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { ServerParts } from './server-parts.ts';

/** Seconds a client should wait before it tries again. */
const RETRY_AFTER = 2;

/** Faults of Fastify itself, by its own codes. */
const FRAMEWORK: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** One place where every fault becomes an answer. Unknown ones are logged and stay opaque. */
export function handleErrors(
  app: FastifyInstance,
  { isAway, logger, database }: Pick<ServerParts, 'isAway' | 'logger' | 'database'>,
): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = asFault(error, isAway);
    if (fault.code === 'internal')
      logger.error({ err: plain(error), requestId: request.id }, 'request failed');
    return sendProblem(
      reply,
      fault.code,
      fault.message,
      fault.code === 'unavailable' ? database().since : null,
    );
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, 'not_found', `nothing at ${request.method} here`),
  );
}

/** Answer with a problem (RFC 9457). @param since when what is away went away */
export function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  detail: string,
  since: Date | null = null,
): FastifyReply {
  const [status, title] = PROBLEMS[code];
  const body: Problem = {
    type: `about:blank#${code}`,
    title,
    status,
    code,
    detail,
    requestId: reply.request.id,
    ...(DEVICE_ERRORS.has(code) ? { error: code } : {}),
    ...(since ? { since: since.toISOString() } : {}),
  };
  if (status === 503) void reply.header('retry-after', RETRY_AFTER);
  return reply.code(status).type('application/problem+json').send(body);
}

/** For Fastify's `frameworkErrors`: addresses it cannot route are answered like everything else. */
export function answerUnroutable(error: Error, reply: FastifyReply): void {
  const fault = asFault(error, () => false);
  void sendProblem(reply, fault.code, fault.message);
}

function asFault(error: unknown, isAway: (fault: unknown) => boolean): Fault {
  if (error instanceof Fault) return error;
  if (isAway(error)) return new Fault('unavailable');
  const framework = hasCode(error) ? FRAMEWORK[error.code] : undefined;
  if (framework) return new Fault(framework);
  if (hasStatus(error) && error.statusCode >= 400 && error.statusCode < 500)
    return new Fault('bad_request', 'the request is not well formed');
  return new Fault('internal');
}

function hasCode(error: unknown): error is { code: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}

function hasStatus(error: unknown): error is { statusCode: number } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  );
}

/** An error without what a query or a person's data could have left in it. */
function plain(error: unknown): { name: string; stack: string | undefined } {
  if (!(error instanceof Error)) return { name: typeof error, stack: undefined };
  return { name: error.name, stack: error.stack?.split('\n').slice(1, 8).join('\n') };
}
