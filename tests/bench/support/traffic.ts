const OPENINGS = [
  "J'adore",
  'Je trouve',
  'Vraiment',
  'I love',
  'I really think',
  'Honestly',
  'Bof',
  'Not sure about',
];
const MIDDLES = [
  'cette nouvelle boutique',
  'la vitrine de Noël',
  'votre service client',
  'the new collection',
];
const MORE = ['this coffee', 'the delivery times', 'le parfum', 'the opening hours'];
const ENDINGS = [
  'magnifique !',
  'trop cher…',
  'amazing work',
  'a bit disappointing',
  'merci beaucoup',
  'see you there',
];
const PLACES = [...MIDDLES, ...MORE];
const REACTIONS = ['like', 'love', 'wow', 'haha', 'sad'];
const REST = ['share', 'mention', 'view'];

export interface Mix {
  /** Fans `fan-1` to `fan-N` consent; strangers are `stranger-…`. */
  readonly fans: number;
  /** Share of events by strangers, 0–1. */
  readonly strangers: number;
  readonly objects: number;
  /** Events happened up to so many milliseconds before now. */
  readonly spanMs: number;
}

/**
 * One event of a live stream as JSON: 60 % reactions, 20 % comments of a short French or English
 * text, the rest shares, mentions and views; an owner, followers and a campaign on a fifth each.
 * @param id unique event id @param now milliseconds since 1970 @param random numbers in [0, 1)
 */
export function eventJson(id: string, mix: Mix, now: number, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const whole = (most: number) => 1 + Math.floor(random() * most);
  const dice = random();
  const fan = random() < mix.strangers ? `stranger-${whole(1_000_000)}` : `fan-${whole(mix.fans)}`;
  const kind = dice < 0.6 ? 'reaction' : dice < 0.8 ? 'comment' : pick(REST);
  const event: Record<string, string | number> = {
    id,
    network: 'facebook',
    kind,
    fan,
    occurredAt: new Date(now - Math.floor(random() * mix.spanMs)).toISOString(),
    object: `post-${whole(mix.objects)}`,
  };
  if (kind === 'reaction') event['reaction'] = pick(REACTIONS);
  if (kind === 'comment') event['text'] = `${pick(OPENINGS)} ${pick(PLACES)}, ${pick(ENDINGS)}`;
  if (random() < 0.2) event['objectOwner'] = `fan-${whole(mix.fans)}`;
  if (random() < 0.2) event['followers'] = whole(5_000);
  if (random() < 0.2) event['campaign'] = `campaign-${whole(4)}`;
  return JSON.stringify(event);
}
