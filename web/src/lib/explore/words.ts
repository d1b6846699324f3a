import type { ExploreDimension, ExploreFilter } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { keyName } from '#lib/names.ts';
import { m } from '#lib/paraglide/messages.js';

const DIMENSIONS: Readonly<Record<ExploreDimension, readonly [list: () => string, one: () => string]>> = {
  network: [() => m.by_network(), () => m.explore_network()],
  kind: [() => m.by_kind(), () => m.explore_kind()],
  campaign: [() => m.by_campaign(), () => m.explore_campaign()],
  language: [() => m.by_language(), () => m.explore_language()],
  hour: [() => m.explore_by_hour(), () => m.explore_hour()],
};

/** `By network`: the head of a list. */
export const listName = (by: ExploreDimension): string => DIMENSIONS[by][0]();

/** `Network`. */
export const dimensionName = (by: ExploreDimension): string => DIMENSIONS[by][1]();

/** A key in words. */
export function wordOf(by: ExploreDimension, key: string | null, format: Format): string {
  if (key === null) return m.explore_rest();
  if (by === 'hour') return `${format.hour(Number(key))} – ${format.hour((Number(key) + 1) % 24)}`;
  if (key !== '') return keyName(by, key, format);
  return by === 'campaign' ? m.explore_no_campaign() : m.explore_no_language();
}

/** `Network: Facebook`, `Kind: not views`. */
export function filterWords({ by, key, not }: ExploreFilter, format: Format): string {
  const words = { dimension: dimensionName(by), key: wordOf(by, key, format) };
  return not ? m.explore_not(words) : m.explore_only(words);
}
