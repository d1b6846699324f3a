import type { Sql } from '@fanfare/db';
import { Explorer } from '../explore/explorer.ts';
import type { Clock } from '../parts.ts';
import { readExploreRows } from '../store/explore-rows.ts';

/** Explore over the ledger. @param k people below which a number is hidden */
export function createExplorer(sql: Sql, clock: Clock, k: number): Explorer {
  return new Explorer({
    clock,
    k,
    read: (brand, since, begin, each) => readExploreRows(sql, brand, since, begin, each),
  });
}
