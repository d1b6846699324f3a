import { formatInstant, type WithdrawalsSince } from '@fanfare/contract';
import { coarseCount } from '../release/coarse.ts';
import { isHidden } from '../release/hide.ts';
import { LONGEST_WAIT_MS } from '../release/republish.ts';
import { cellThreshold, isCoarse, type Release } from '../release/rules.ts';

/**
 * Until when withdrawals are counted for a reader (ms). The public's number moves at each quarter of an
 * hour alone, so that asking twice does not tell who left in between.
 */
export function countedUntil({ audience }: Release, now: number): number {
  return audience === 'public' ? Math.floor(now / LONGEST_WAIT_MS) * LONGEST_WAIT_MS : now;
}

/** Release the number of fans who withdrew since a snapshot. @param until milliseconds since 1970 */
export function releaseWithdrawals(fans: number, rules: Release, until: number): WithdrawalsSince {
  const k = cellThreshold(rules);
  const asOf = formatInstant(until);
  if (k > 1 && isHidden(fans, k)) return { value: null, suppressed: true, k, asOf };
  return { value: isCoarse(rules) ? coarseCount(fans) : fans, k, asOf };
}
