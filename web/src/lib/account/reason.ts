import type { ApiAnswer } from '#lib/server/access.ts';

const SAID_IN_DETAIL = ['weak_password', 'unauthenticated', 'bad_field', 'forbidden'];

/** Why the API refused: its code, or the narrower reason in its detail. */
export function reasonOf(answer: ApiAnswer | undefined): string {
  const problem = (answer?.body ?? {}) as { code?: string; detail?: string };
  const { code = 'unavailable', detail = '' } = problem;
  return SAID_IN_DETAIL.includes(code) && /^[A-Za-z_]+$/.test(detail) ? detail : code;
}
