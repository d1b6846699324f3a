import { call } from '../../../bench/support/api.ts';
import type { Stage } from './stage.ts';

const BRAND = 'named';
const DID = 'did:plc:someone1234567890abcdef';

/**
 * What an erasure cannot reach, shown on a small brand, one line each: an object that its source named
 * after the person, in other people's rows; and an old "yes" that somebody sends again.
 */
export async function tellNamed(stage: Stage): Promise<string[]> {
  const at = new Date(stage.now - 86_400_000).toISOString();
  const post = <T>(path: string, body: unknown) =>
    call<T>(stage.url, 'POST', `/brands/${BRAND}/${path}`, JSON.stringify(body));
  const consent = (fan: string) => ({
    network: 'bluesky',
    fan,
    purposes: { measure: true, influence: true },
    at,
    age: '18+',
    method: 'form',
    notice: { version: '2026-11', locale: 'fr' },
  });
  const like = (fan: string) => ({
    id: `at://${fan}/app.bsky.feed.like/3k`,
    network: 'bluesky',
    kind: 'reaction',
    fan,
    occurredAt: new Date(stage.now).toISOString(),
    object: `at://${DID}/app.bsky.feed.post/3j`,
    objectOwner: DID,
  });
  await stage.makeBrand(BRAND);
  await post('consents', [consent(DID), consent('did:plc:another')]);
  await post('events', [like(DID), like('did:plc:another')]);
  await post('fans/erase', { network: 'bluesky', fan: DID });
  const [row] = await stage.withDatabase(
    (sql) => sql<{ n: number }[]>`
      select count(*)::int as n from engagement where strpos(object || id, ${DID}) > 0`,
  );
  await post('consents', [consent(DID)]);
  const { counted } = await post<{ counted: number }>('events', [like(DID)]);
  return [
    `an object named after an erased fan by its source (at://DID/…) stays in ${row?.n ?? 0} row of another fan`,
    `an old "yes" of an erased fan that is sent again is a new consent: ${counted} event counted (nobody is remembered)`,
  ];
}
