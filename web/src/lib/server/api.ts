import type { Problem } from '@fanfare/contract';
import { error, type RequestEvent } from '@sveltejs/kit';
import type { ApiAnswer, FanfareAccess } from './access.ts';

type Asked = Pick<RequestEvent, 'platform'>;

/** The API of this request; 500 when the page is not served by the Fanfare server. */
export function access(event: Asked): FanfareAccess {
  const fanfare = event.platform?.req.fanfare;
  if (!fanfare) error(500, { message: 'No API', code: 'internal' });
  return fanfare;
}

/** One API GET as this visitor. A problem becomes the error page with its code; never returns one. */
export async function read<Body>(event: Asked, path: string): Promise<Body> {
  const answer = await access(event).read(`/api/v1/${path}`);
  if (answer.status >= 400) fail(answer);
  return answer.body as Body;
}

/** Like `read`, but `null` instead of the error page: for what a page can do without. */
export async function readOptional<Body>(event: Asked, path: string): Promise<Body | null> {
  const answer = await access(event).read(`/api/v1/${path}`);
  return answer.status >= 400 ? null : (answer.body as Body);
}

/** One API write as this visitor; 503 without a body where none can be sent. */
export async function write(
  event: Asked,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const answer = await access(event).send?.(method, `/api/v1/${path}`, body);
  return answer ?? { status: 503, body: null };
}

/** The public origin of this deployment, for lines a person copies. */
export function publicOrigin(event: Pick<RequestEvent, 'platform' | 'url'>): string {
  const request = event.platform?.req;
  if (request?.fanfare?.origin) return request.fanfare.origin;
  const secure = request !== undefined && 'encrypted' in request.socket;
  return `${secure ? 'https' : 'http'}://${event.url.host}`;
}

/** `?organisation=` of the address, for calls and addresses of the same organisation; empty without. */
export function organisationIn({ url }: Pick<RequestEvent, 'url'>): string {
  const asked = url.searchParams.get('organisation');
  return asked !== null && /^\d{1,9}$/.test(asked) ? `?organisation=${asked}` : '';
}

/** A call of the API about the organisation of the address. */
export function apiPath(event: Pick<RequestEvent, 'url'>, path: string): string {
  return `/api/v1/${path}${organisationIn(event)}`;
}

function fail(answer: ApiAnswer): never {
  const problem = (answer.body ?? {}) as Partial<Problem> & { readonly since?: string };
  error(answer.status, {
    message: problem.title ?? 'Error',
    ...(problem.code ? { code: problem.code } : {}),
    ...(problem.since ? { since: problem.since } : {}),
  });
}
