import type { Board, Excerpt } from '@fanfare/contract';

/** Excerpts on the desk, the latest. */
const MOST = 6;
/** From this age on (milliseconds) a clock alone would not say which day. */
const DAY_FROM = 12 * 3_600_000;

/** One excerpt as it is shown. */
export interface ShownExcerpt extends Excerpt {
  /** Long ago enough for its day to be told. */
  readonly old: boolean;
}

/** The latest excerpts of a board. */
export function excerptsOf({ excerpts = [], asOf }: Board): readonly ShownExcerpt[] {
  const now = Date.parse(asOf);
  return excerpts.slice(0, MOST).map((one) => ({ ...one, old: now - Date.parse(one.at) >= DAY_FROM }));
}
