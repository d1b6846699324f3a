import type { Audience } from '@fanfare/contract';
import type { Recorded } from '../engagement.ts';

/** An excerpt of what a fan wrote, kept apart from the ledger and shown only while they agree to it. */
export interface KeptExcerpt {
  /** Key of its engagement (32 hexadecimal digits): they come and go together. */
  readonly key: string;
  readonly fan: number;
  /** When it was said, milliseconds. */
  readonly at: number;
  /** Index into NETWORKS. */
  readonly network: number;
  /** Index into KINDS. */
  readonly kind: number;
  /** '' when it has no object. */
  readonly object: string;
  /** Index into LABELS. */
  readonly label: number;
  /** What it may be shown for: sum of PURPOSE_BITS. */
  readonly purposes: number;
  /** At most EXCERPT_LIMITS.graphemes long. */
  readonly text: string;
}

/** Purposes under which words are shown, as bits. */
export const PURPOSE_BITS = { quote: 1, wall: 2 } as const;
export type WordPurpose = keyof typeof PURPOSE_BITS;

/** What an audience needs a fan to have agreed to. */
export const PURPOSE_OF: Readonly<Record<Audience, WordPurpose>> = { team: 'quote', public: 'wall' };

/** Tells for which purposes (bits) a fan lets words of `at` be shown at `now`; instants in milliseconds. */
export type Coverage = (fan: number, at: number, now: number) => number;

/** An excerpt of one statement about an event. */
export interface StatedExcerpt extends KeptExcerpt {
  readonly rev: number;
}

/** The same with its text sealed under its fan's key, hexadecimal: what is written to the ledger. */
export interface SealedExcerpt extends StatedExcerpt {
  readonly sealed: string;
}

/** Seals texts under the keys of their fans; one whose fan has no key is left out. */
export type Seal = (excerpts: readonly StatedExcerpt[]) => Promise<readonly SealedExcerpt[]>;

/** Excerpts of a batch by statement: one event may be stated several times in it. */
export type SealedExcerpts = ReadonlyMap<string, SealedExcerpt>;

/** Names a statement about an event. */
export function statementName({ key, rev }: { readonly key: string; readonly rev: number }): string {
  return `${key} ${rev}`;
}

/** The excerpts of the statements that came to be recorded. */
export function keptOf(
  recorded: readonly Recorded[],
  excerpts: SealedExcerpts | null,
): readonly SealedExcerpt[] {
  if (!excerpts || excerpts.size === 0) return [];
  return recorded.flatMap(({ after }) => {
    const kept = after && excerpts.get(statementName(after));
    return kept ? [kept] : [];
  });
}

/** The latest excerpts that may be shown for a purpose. */
export interface ExcerptQuery {
  readonly purpose: WordPurpose;
  /** Milliseconds. */
  readonly now: number;
  readonly most: number;
}
