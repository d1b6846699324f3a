import type { Sql } from '@fanfare/db';
import type { HttpParts } from '../http/http-parts.ts';
import type { Clock } from '../parts.ts';
import { REASONS } from '../pipeline/admit.ts';
import { createAnnotations } from '../store/annotations.ts';
import { createLatest } from '../store/latest.ts';
import { createLoyalty } from '../store/loyalty.ts';

/** What a desk shows beside its board. @param k people below which a number is hidden */
export function createDeskParts(
  sql: Sql,
  clock: Clock,
  k: number,
): Pick<HttpParts, 'annotations' | 'latest' | 'loyalty'> {
  return {
    annotations: createAnnotations(sql),
    latest: createLatest(sql, REASONS),
    loyalty: createLoyalty(sql, clock, k),
  };
}
