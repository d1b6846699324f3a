import { fanInfluence, totalInfluence } from './influence.ts';
import type { RawMeasure } from './raw.ts';
import { potentialReach } from './reach.ts';
import { sentiment } from './sentiment.ts';
import { velocity } from './velocity.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { AMPLIFIER, LABELLED } from './windows/cells.ts';
import { CREDIT_WEIGHTS } from './windows/credits.ts';
import type { Pace } from './windows/pace.ts';
import { W } from './windows/shape.ts';

/** Credits that are gone through at a reading to find the largest owner exactly. */
const MOST_CREDITS = 5_000;

/** reach.potential@1 with its largest amplifier; it is about those whose followers are known. */
export function withFollowers({ amplifiers, cells }: BrandWindows, w: number): RawMeasure {
  const known = amplifiers.known(w);
  const measure = potentialReach(amplifiers.read(w), cells.fans[AMPLIFIER * W + w]!, known);
  return { ...measure, fewest: known, largest: amplifiers.largest(w) };
}

/** sentiment@1 with the distinct fans behind each polarity. */
export function withPolarity({ opinions, cells }: BrandWindows, w: number): RawMeasure {
  const measure = sentiment(opinions.read(w), cells.fans[LABELLED * W + w]!);
  return measure.value === null ? measure : { ...measure, partPeople: opinions.fans(w) };
}

/** velocity@1, which is also about whoever made the baseline: no more people than engagements. */
export function withWeeks(pace: Pace): RawMeasure {
  return { ...velocity(pace), fewest: pace.before.reduce((sum, count) => sum + count, 0) };
}

/**
 * influence.total@1 with its largest owner. Their raw weight is a bound that may be too high, as
 * credits decay; where it would hide the total, it is worked out exactly if that is cheap.
 */
export function withCredits({ credits, minute }: BrandWindows, w: number, asOf: number): RawMeasure {
  const measure = totalInfluence(credits, w, minute, asOf);
  const counts = credits.byClass(w);
  const raw = credits.largest(w);
  const few = counts.reduce((sum, count) => sum + count, 0) <= MOST_CREDITS;
  const exact =
    raw * 2 > measure.value! && few ? fanInfluence(credits, w, minute, asOf)[0]?.score : undefined;
  // No owner has more credits of a class than their weight allows: so many owners at least.
  const owners = counts.map((count, i) => (count === 0 ? 0 : Math.ceil((count * CREDIT_WEIGHTS[i]!) / raw)));
  const [reaction, comment, share] = owners as [number, number, number];
  return { ...measure, largest: exact ?? raw, partPeople: { reaction, comment, share } };
}
