import type { Scope } from '@fanfare/contract';

/** What to do with a token just made: the first of its scopes that says most about it. */
const SHOWN: readonly Scope[] = ['ingest', 'read', 'export', 'consent', 'admin'];

/**
 * A line to paste into a terminal that proves a token works. @param brand slug of a brand it is for
 * @param now RFC 3339, for an event
 */
export function curlOf(
  origin: string,
  token: string,
  scopes: readonly Scope[],
  brand: string,
  now: string,
): string {
  const scope = SHOWN.find((one) => scopes.includes(one));
  const call = `curl -H 'Authorization: Bearer ${token}'`;
  const path = `${origin}/api/v1/brands/${brand}`;
  switch (scope) {
    case 'ingest': {
      const event = { id: 'test-1', network: 'web', kind: 'view', fan: 'fan-1', occurredAt: now };
      return `${call} -H 'Content-Type: application/json' -d '${JSON.stringify(event)}' ${path}/events`;
    }
    case 'read':
      return `${call} '${path}/board?window=1h'`;
    case 'export':
      return `${call} ${path}/snapshots`;
    default:
      return `${call} ${path}`;
  }
}
