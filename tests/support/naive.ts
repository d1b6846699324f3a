import { WINDOW_SHAPES, type EventBody, type WindowName } from '@fanfare/contract';

/** One engagement held as counted; `owner` is whose object it is, when they get the credit. */
export type Held = EventBody & { owner?: string | undefined };

const CLASS: Record<string, number> = { reaction: 0, comment: 1, share: 2, quote: 2, mention: 2 };
const byInstant = (a: Held, b: Held) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1);
const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
const fans = (list: Held[]) => new Set(list.map((h) => h.fan)).size;
const mood = ({ kind, text }: Held) =>
  !text || kind === 'contest' || kind === 'purchase' ? null : +/good/.test(text) - +/bad/.test(text);
const texts = (list: Held[], of: number) => list.filter((h) => mood(h) === of).length;
const groups = (list: Held[], key: (h: Held) => string | false | undefined) =>
  [...Map.groupBy(list, key)].flatMap(([name, own]) => (name ? [[name, own] as const] : []));
/** Of each fan with texts, the mean of their moods. */
const moodsOf = (list: Held[]) =>
  groups(list, (h) => mood(h) !== null && h.fan).map(([, own]) => sum(own.map((h) => mood(h)!)) / own.length);

/** Board values of one window by the formulas, read off the plain list each time. Slow on purpose. */
export function naive(all: readonly Held[], refused: readonly number[], window: WindowName, asOf: number) {
  const { grain, buckets } = WINDOW_SHAPES[window];
  const bucketOf = (ms: number) => Math.floor(ms / 60_000 / grain);
  const first = bucketOf(asOf) - buckets + 1;
  const inside = (ms: number) => ms < Math.floor(asOf / 60_000 + 1) * 60_000 && bucketOf(ms) >= first;
  const held = all.filter((h) => inside(h.occurredAt)).sort(byInstant);
  const facts = (own: Held[]) => [own.length, fans(own), ...[1, 0, -1].map((of) => texts(own, of))];
  const byBucket = Map.groupBy(held, (h) => bucketOf(h.occurredAt));
  const table = (key: 'network' | 'kind' | 'object') =>
    Object.fromEntries(groups(held, (h) => h[key]).map(([name, own]) => [name, [own.length, fans(own)]]));
  const amplifiers = groups(held, (h) => h.fan).filter(([, own]) => own.some((h) => CLASS[h.kind!] === 2));
  const last = (own: Held[]) => own.findLast((h) => h.followers !== undefined)?.followers;
  const known = amplifiers.map(([, own]) => last(own)).filter((followers) => followers !== undefined);
  const moods = moodsOf(held);
  const owned = held.filter((h) => h.owner && h.owner !== h.fan && h.object && h.kind! in CLASS);
  const credits = groups(owned, (h) => `${h.fan} ${h.object} ${h.kind} ${h.owner}`).map(([, own]) => own[0]!);
  const decay = (h: Held) => 2 ** ((bucketOf(h.occurredAt) * grain * 60_000 - asOf) / (7 * 86_400_000));
  const total = held.length + refused.filter(inside).length;
  return {
    engagements: facts(held),
    potential: [amplifiers.length > 0 && known.length === 0 ? null : sum(known), amplifiers.length],
    sentiment: moods.length > 0 ? (100 * sum(moods)) / moods.length : null,
    influence: sum(credits.map((h) => (CLASS[h.kind!]! + 1) * decay(h))),
    credits: [0, 1, 2].map((cls) => credits.filter((h) => CLASS[h.kind!] === cls).length),
    owners: new Set(credits.map((h) => h.owner)).size,
    coverage: total > 0 ? held.length / total : null,
    tables: [table('network'), table('kind'), table('object')],
    series: Array.from({ length: buckets }, (_, i) => facts(byBucket.get(first + i) ?? [])),
  };
}

/** History of what was held and refused, by bucket; `bucketOf` names the bucket of an instant. */
export function naiveHistory(
  held: readonly Held[],
  refused: readonly number[],
  bucketOf: (ms: number) => string,
): Record<string, readonly (number | null)[]> {
  const [own, lost] = [Map.groupBy(held, (h) => bucketOf(h.occurredAt)), Map.groupBy(refused, bucketOf)];
  return Object.fromEntries(
    [...new Set([...own.keys(), ...lost.keys()])].map((bucket) => {
      const [mine, gone] = [own.get(bucket) ?? [], lost.get(bucket) ?? []];
      const moods = moodsOf(mine);
      return [
        bucket,
        [
          ...[mine.length, fans(mine), ...[1, 0, -1].map((of) => texts(mine, of))],
          moods.length > 0 ? (100 * sum(moods)) / moods.length : null,
          mine.length / (mine.length + gone.length),
        ],
      ];
    }),
  );
}
