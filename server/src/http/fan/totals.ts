import type { Measure } from '@fanfare/contract';
import type { ConsentState } from '../../domain/consent.ts';
import { minuteOf } from '../../domain/engagement.ts';
import { Fault } from '../../domain/fault.ts';
import { LONGEST, startsAt } from '../../domain/windows/shape.ts';
import type { Held } from '../../parts.ts';
import type { HttpParts } from '../http-parts.ts';

/** Totals of a brand over 30 days, as everybody is shown them. */
export interface Totals {
  readonly asOf: string;
  readonly k: number;
  readonly consenting: Measure | null;
  readonly reach: Measure | null;
  readonly engagements: Measure | null;
}

/** What of those totals is this fan: whole numbers, exact and as of now. */
export interface OwnPart {
  readonly consenting: number;
  readonly reach: number;
  readonly engagements: number;
}

/**
 * The totals a fan is shown are those of the public, coarse and seldom renewed: a fan is not the
 * team, and who could read the exact ones twice would learn who else left in between. The effect of
 * their own act is exact all the same, because it is told as their own part in the totals.
 * @throws Fault unknown_brand
 */
export function totalsOf({ publicBoard }: Pick<HttpParts, 'publicBoard'>, slug: string): Totals {
  const released = publicBoard(slug, '30d');
  if (!released) throw new Fault('unknown_brand');
  const { asOf, k, measures } = released;
  return {
    asOf,
    k,
    consenting: measures['consenting@1'] ?? null,
    reach: measures['reach.active@1'] ?? null,
    engagements: measures['engagements@1'] ?? null,
  };
}

/** A fan's own part in the totals of the 30 days up to `now` (ms). */
export function ownPartOf(state: ConsentState, { engagements }: Held, now: number): OwnPart {
  const start = startsAt(minuteOf(now))[LONGEST]!;
  const recent = engagements.filter((row) => minuteOf(row.occurredAt) >= start).length;
  return { consenting: state.measure ? 1 : 0, reach: recent > 0 ? 1 : 0, engagements: recent };
}
