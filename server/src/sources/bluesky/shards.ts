/** People one subscription may name: the network's own bound. */
export const MOST_WANTED = 10_000;

/** What changes for the subscriptions. */
export interface Sharing {
  /** One list a subscription; each has somebody. */
  readonly shards: readonly ReadonlySet<string>[];
  /** Places of the subscriptions to which somebody came. */
  readonly grown: ReadonlySet<number>;
  /** Places of those that somebody left. */
  readonly shrunk: ReadonlySet<number>;
}

/**
 * Spread people over subscriptions: who is in one stays there, who comes takes the first free place,
 * and a subscription that nobody is left in becomes an empty list at its place.
 */
export function share(
  before: readonly ReadonlySet<string>[],
  wanted: ReadonlySet<string>,
  most = MOST_WANTED,
): Sharing {
  const [grown, shrunk] = [new Set<number>(), new Set<number>()];
  const placed = new Set<string>();
  const shards = before.map((shard, i) => {
    const kept = new Set<string>();
    for (const did of shard) {
      if (!wanted.has(did) || placed.has(did)) continue;
      placed.add(did);
      kept.add(did);
    }
    if (kept.size < shard.size) shrunk.add(i);
    return kept;
  });
  let at = 0;
  for (const did of wanted) {
    if (placed.has(did)) continue;
    while (at < shards.length && shards[at]!.size >= most) at++;
    if (at === shards.length) shards.push(new Set());
    shards[at]!.add(did);
    grown.add(at);
  }
  return { shards, grown, shrunk };
}
