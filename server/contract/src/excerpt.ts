import type { Audience, Kind, LabelName, Network } from './vocabulary.ts';

/** Bounds of what is shown of fans' words. */
export const EXCERPT_LIMITS = {
  /** Length of one, in graphemes (what a reader takes for one character). */
  graphemes: 280,
  /** Excerpts on a board, the latest. */
  shown: 50,
} as const;

/**
 * A fan's own words, shown because they agreed to it: under `quote` to the team, under `wall` to the
 * public. The purpose is part of the type, so that words meant for the team cannot go on a wall.
 */
export interface Excerpt<A extends Audience = Audience> {
  /** Tells it from the others of its board; means nothing elsewhere. */
  readonly id: string;
  readonly purpose: A extends 'team' ? 'quote' : 'wall';
  readonly network: Network;
  readonly kind: Kind;
  /** When it was said, RFC 3339 UTC. */
  readonly at: string;
  readonly label: LabelName;
  /** Written by anybody: to be shown as text alone. */
  readonly text: string;
}

/** What changed of the excerpts; one that is given again replaces the one before. */
export interface ExcerptsDelta {
  readonly gone: readonly string[];
  readonly added: readonly Excerpt[];
  /** Present and true when `added` are all there are: for whoever was away meanwhile. */
  readonly whole?: true;
}

/** The excerpts after a change, the latest first. */
export function foldExcerpts(
  old: readonly Excerpt[],
  { gone, added, whole }: ExcerptsDelta,
): readonly Excerpt[] {
  if (whole) return added;
  const replaced = new Set([...gone, ...added.map(({ id }) => id)]);
  return [...old.filter(({ id }) => !replaced.has(id)), ...added].sort(latestFirst);
}

function latestFirst(a: Excerpt, b: Excerpt): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
