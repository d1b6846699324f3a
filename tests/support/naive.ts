import { WINDOWS, WINDOW_SHAPES, type WindowName } from '@fanfare/contract';

/** One engagement the model holds as counted, with the fans by their network ids. */
export interface Held {
  id: string;
  network: string;
  kind: string;
  fan: string;
  /** Owner of the object, only when they consent to influence. */
  owner: string | null;
  object: string | null;
  at: number;
  followers: number | null;
  label: 'positive' | 'neutral' | 'negative' | null;
}

const CLASS: Record<string, number> = { reaction: 0, comment: 1, share: 2, quote: 2, mention: 2 };
const uniq = (list: string[]) => new Set(list).size;
const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / list.length;
const groups = (list: Held[], key: (h: Held) => string) => [...Map.groupBy(list, key).values()];

/** Board values of one window by the formulas, read off the plain list each time. Slow on purpose. */
export function naive(all: readonly Held[], refused: readonly number[], window: WindowName, asOf: number) {
  const { grain, buckets } = WINDOW_SHAPES[window];
  const bucketOf = (ms: number) => Math.floor(ms / 60_000 / grain);
  const newest = bucketOf(asOf);
  const thisMinute = Math.floor(asOf / 60_000);
  const inside = (ms: number) =>
    Math.floor(ms / 60_000) <= thisMinute && bucketOf(ms) > newest - buckets && bucketOf(ms) <= newest;
  const held = all.filter((h) => inside(h.at));
  const amplifiers = groups(
    held.filter((h) => ['share', 'quote', 'mention'].includes(h.kind)),
    (h) => h.fan,
  ).map((list) => list[0]!.fan);
  const followers = amplifiers.map((fan) => {
    const own = held.filter((h) => h.fan === fan && h.followers !== null);
    own.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    return own.at(-1)?.followers ?? null;
  });
  const labelled = held.filter((h) => h.label !== null);
  const [p, u, n] = (['positive', 'neutral', 'negative'] as const).map(
    (l) => labelled.filter((h) => h.label === l).length,
  ) as [number, number, number];
  const perFan = groups(labelled, (h) => h.fan).map((list) =>
    mean(list.map((h) => (h.label === 'positive' ? 1 : h.label === 'negative' ? -1 : 0))),
  );
  const credits = groups(
    held.filter(
      (h) => h.owner !== null && h.owner !== h.fan && h.object !== null && CLASS[h.kind] !== undefined,
    ),
    (h) => JSON.stringify([h.fan, h.object, h.kind, h.owner]),
  ).map((list) => ({
    cls: CLASS[list[0]!.kind]!,
    owner: list[0]!.owner!,
    bucket: Math.min(...list.map((h) => bucketOf(h.at))),
  }));
  const refusals = refused.filter(inside).length;
  const known = followers.filter((f) => f !== null);
  return {
    engagements: held.length,
    active: uniq(held.map((h) => h.fan)),
    potential: amplifiers.length > 0 && known.length === 0 ? null : known.reduce((a, b) => a + b, 0),
    amplifiers: amplifiers.length,
    sentiment: labelled.length ? 100 * mean(perFan) : null,
    counts: [p, u, n],
    influence: credits.reduce(
      (sum, c) => sum + [1, 2, 3][c.cls]! * 2 ** (-(asOf - c.bucket * grain * 60_000) / (7 * 86_400_000)),
      0,
    ),
    credits: [0, 1, 2].map((cls) => credits.filter((c) => c.cls === cls).length),
    owners: uniq(credits.map((c) => c.owner)),
    coverage: held.length + refusals ? held.length / (held.length + refusals) : null,
    byNetwork: Object.fromEntries(
      groups(held, (h) => h.network).map((list) => [
        list[0]!.network,
        [list.length, uniq(list.map((h) => h.fan))],
      ]),
    ),
    byKind: Object.fromEntries(
      groups(held, (h) => h.kind).map((list) => [list[0]!.kind, [list.length, uniq(list.map((h) => h.fan))]]),
    ),
    byObject: Object.fromEntries(
      groups(
        held.filter((h) => h.object !== null),
        (h) => h.object!,
      ).map((list) => [list[0]!.object, list.length]),
    ),
    series: Array.from({ length: buckets }, (_, i) => {
      const own = held.filter((h) => bucketOf(h.at) === newest - buckets + 1 + i);
      return [
        own.length,
        uniq(own.map((h) => h.fan)),
        own.filter((h) => h.label === 'positive').length,
        own.filter((h) => h.label === 'negative').length,
      ];
    }),
  };
}

export type Naive = ReturnType<typeof naive>;
export const ALL_WINDOWS = WINDOWS;
