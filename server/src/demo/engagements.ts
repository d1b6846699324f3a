import { formatInstant, type EventBody, type Kind, type Network } from '@fanfare/contract';
import { chanceOf, countOf, pick, pickIndex, sumsOf, type Chance } from './chance.ts';
import type { Fan } from './fans.ts';
import { fanPost, type Post } from './posts.ts';
import { burstAt, moodAt, toldRate } from './rhythm.ts';
import { textOf, toneOf } from './texts.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
/** An edit or a removal follows within this many minutes. */
const PATIENCE = 5;

/** An event as it goes over the wire. */
export type WireEvent = Omit<EventBody, 'occurredAt' | 'rev' | 'verb'> &
  Partial<Pick<EventBody, 'rev' | 'verb'>> & { readonly occurredAt: string };

const KIND_SHARES: readonly (readonly [Kind, number])[] = [
  ['reaction', 33],
  ['comment', 33],
  ['share', 8],
  ['mention', 8],
  ['quote', 5],
  ['view', 5],
  ['click', 4],
  ['follow', 2],
  ['contest', 1.6],
  ['purchase', 1.4],
];
const KIND_SUMS = sumsOf(KIND_SHARES.map(([, share]) => share));
const WITH_TEXT: ReadonlySet<Kind> = new Set<Kind>(['comment', 'mention', 'quote']);
const TO_FANS: ReadonlySet<Kind> = new Set<Kind>(['reaction', 'comment', 'share', 'mention', 'quote']);

const REACTIONS: Readonly<Partial<Record<Network, readonly string[]>>> = {
  facebook: ['like', 'like', 'like', 'love', 'love', 'haha', 'wow', 'care', 'sad', 'angry'],
  linkedin: ['like', 'like', 'celebrate', 'support', 'insightful'],
};
const LIKE = ['like'] as const;

/**
 * What happens in (`from`, `to`], told at `now` (all ms), in order. Pure: the same arguments give the
 * same events, and longer or thinner tellings of a minute share ids and content.
 */
export function eventsBetween(world: World, from: number, to: number, now: number): WireEvent[] {
  const told: { at: number; event: WireEvent }[] = [];
  const first = Math.floor(from / MINUTE) - PATIENCE;
  for (let minute = first; minute * MINUTE <= to; minute++) {
    const rate = toldRate(world.seed, (minute + 0.5) * MINUTE, now);
    const count = countOf(chanceOf(world.seed, 20, minute), rate * world.volume * 60);
    for (let i = 0; i < count; i++) {
      const chance = chanceOf(world.seed, 21, minute, i);
      const at = Math.floor((minute + chance()) * MINUTE);
      const later = at + (20 + 250 * chance()) * 1_000;
      const follows = chance();
      const isDue = at > from && at <= to;
      const followDue = follows < 0.025 && later > from && later <= to;
      if (!isDue && !followDue) continue;
      const event = createEvent(world, chance, `d/${minute.toString(36)}-${i}`, at);
      if (isDue) told.push({ at, event });
      if (followDue) told.push({ at: later, event: followUp(world, chance, event, follows) });
    }
  }
  return told.sort((a, b) => a.at - b.at).map(({ event }) => event);
}

function createEvent(world: World, chance: Chance, id: string, at: number): WireEvent {
  const { seed, crowd, feed } = world;
  const fan = crowd.fans[pickIndex(chance, crowd.activity, crowd.present(at))]!;
  const [kind] = KIND_SHARES[pickIndex(chance, KIND_SUMS)]!;
  const toFan = TO_FANS.has(kind) && chance() < 0.35;
  const post =
    (toFan ? fanPost(seed, chance, crowd, fan.network, at) : null) ?? feed.draw(chance, fan.network, at);
  return {
    id,
    network: fan.network,
    kind,
    fan: fan.id,
    occurredAt: formatInstant(at),
    followers: fan.followers,
    ...(kind === 'follow' ? {} : about(post)),
    ...(kind === 'reaction' ? { reaction: pick(chance, REACTIONS[fan.network] ?? LIKE) } : {}),
    ...(WITH_TEXT.has(kind) ? said(world, chance, fan, post, at) : {}),
  };
}

function about({ object, owner, campaign }: Post): Pick<WireEvent, 'object' | 'objectOwner' | 'campaign'> {
  return { object, ...(owner ? { objectOwner: owner.id } : {}), ...(campaign ? { campaign } : {}) };
}

function said(
  world: World,
  chance: Chance,
  fan: Fan,
  post: Post,
  at: number,
): Pick<WireEvent, 'text' | 'lang'> {
  const burst = burstAt(world.seed, at);
  const mood = moodAt(world.seed, at) * 0.6 + fan.warmth * 0.6 + burst.strength * burst.mood;
  const tone = toneOf(chance, Math.max(-1, Math.min(1, mood)));
  return { text: textOf(chance, fan.lang, tone, post.topic), lang: fan.lang };
}

/** Somebody thinks again: a text is edited, or the engagement taken back. */
function followUp(world: World, chance: Chance, event: WireEvent, draw: number): WireEvent {
  const { id, network, occurredAt, text, lang } = event;
  if (text === undefined || draw < 0.01) return { id, network, occurredAt, verb: 'remove', rev: 1 };
  const language = lang === 'en' ? 'en' : 'fr';
  const topic = pick(chance, world.topics);
  return { ...event, verb: 'edit', rev: 1, text: textOf(chance, language, toneOf(chance, 0.2), topic) };
}
