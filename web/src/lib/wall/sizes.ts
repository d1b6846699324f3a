/** A capital that is read without effort: 23 mm at 5 m, as a share of the distance. */
const CAPITAL = 0.023 / 5;
/** Height of a capital of the typeface, in ems. */
export const CAP_EM = 0.668;
const INCH_MM = 25.4;
/** Below it a wall would look like a desk; above it four tiles do not fit. Hundredths of the height. */
const BOUNDS = { least: 2.6, most: 7.5 } as const;

/** The smallest text of a wall. */
export interface WallText {
  /** Font size in hundredths of the height of the screen. */
  readonly vh: number;
  /** False when the screen is too small to be read from there. */
  readonly enough: boolean;
}

/**
 * The smallest text that is read from a distance on a 16:9 screen: capitals of 4.6 mm a metre, which is
 * 23 mm at 5 m (5.03 vh on 55″). @param inches diagonal @param metres distance
 */
export function smallestText(inches: number, metres: number): WallText {
  const heightMm = (inches * INCH_MM * 9) / Math.hypot(16, 9);
  const vh = (100 * CAPITAL * metres * 1_000) / CAP_EM / heightMm;
  const bounded = Math.min(Math.max(vh, BOUNDS.least), BOUNDS.most);
  return { vh: Math.round(bounded * 100) / 100, enough: vh <= BOUNDS.most };
}
