import type { Person } from './canaries.ts';

const MINUTE = 60_000;
/** Objects of the brand that everybody reacts to. */
const POSTS = 8;

/** A person says yes to everything, with a proof that could be theirs alone. */
export function consentOf({ fan, evidence }: Person, at: number) {
  const yes = { measure: true, influence: true, quote: true, wall: true, purchases: true, offers: true };
  return {
    network: 'facebook',
    fan,
    purposes: yes,
    at: new Date(at).toISOString(),
    age: '18+',
    method: 'form',
    notice: { version: '2026-11', locale: 'fr' },
    evidence,
  };
}

/**
 * What a person did within the half hour before `now`: a comment with words of their own, another under
 * an id that holds their network id, a share of somebody's object. The first persons spoke last.
 */
export function eventsOf(person: Person, people: readonly Person[], now: number) {
  const { n, fan, word, event, object, address } = person;
  const common = { network: 'facebook', fan };
  const at = (part: number) =>
    new Date(now - Math.round(((n + part) / people.length) * 30 * MINUTE)).toISOString();
  return [
    {
      ...common,
      id: event,
      kind: 'comment',
      occurredAt: at(0.1),
      object,
      text: `${n % 3 === 0 ? 'good' : 'Bof'} ${word} merci`,
      url: `https://example.org/${address}`,
    },
    {
      ...common,
      id: `post-${n % POSTS}/comment-by-${fan}`,
      kind: 'comment',
      occurredAt: at(0.2),
      object: `post-${n % POSTS}`,
      text: `J’adore ${word} !`,
    },
    {
      ...common,
      id: `share-of-${event}`,
      kind: 'share',
      occurredAt: at(0.3),
      object: `post-${(n * 3) % POSTS}`,
      objectOwner: people[(n * 7 + 1) % people.length]!.fan,
      followers: n % 500,
    },
  ];
}
