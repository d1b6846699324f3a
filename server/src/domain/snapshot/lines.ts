import type { DefinitionId, Point, Series } from '@fanfare/contract';

/** Is this the id of a formula, as `reach.active@1`? */
export function isDefinitionId(key: string): key is DefinitionId {
  return /^[a-z][a-z0-9.]*@\d+$/.test(key);
}

/** The lines of a series, by definition. */
export function linesOf(series: Series): [DefinitionId, readonly Point[]][] {
  return Object.keys(series).flatMap((key): [DefinitionId, readonly Point[]][] =>
    isDefinitionId(key) ? [[key, series[key]!]] : [],
  );
}
