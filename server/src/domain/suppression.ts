import {
  bare,
  formatInstant,
  type Audience,
  type Board,
  type Breakdowns,
  type DefinitionId,
  type Measure,
  type Measures,
  type TopObject,
} from '@fanfare/contract';
import type { RawBoard, RawMeasure } from './raw.ts';
import { coarsen } from './release/coarse.ts';
import { isHidden, type Around } from './release/hide.ts';
import { isTooNarrow, releaseMeasure } from './release/measure.ts';
import { cellThreshold, isCoarse, type Release } from './release/rules.ts';
import { releaseSeries } from './release/series.ts';
import { byDefinition, releaseTable } from './release/table.ts';

/** What a board says beside its numbers. */
export type Heading = Pick<Board, 'brand' | 'epoch' | 'seq' | 'demonstration'>;

/** Measures that are not about a share of what happened. */
const OF_THE_BRAND: readonly DefinitionId[] = ['coverage@1', 'consenting@1'];

/**
 * The only way a number leaves the server, for a reader of one audience: nothing about fewer than
 * k people, nothing that subtraction over the tables would tell, no sum that one person dominates;
 * for the public also coarse (see `coarsen`).
 * @param shown the board this reader was shown before: coarse values stay until they are a step off
 */
export function release<A extends Audience>(
  raw: RawBoard,
  heading: Heading,
  rules: Release<A>,
  shown: Board<NoInfer<A>> | null = null,
): Board<A> {
  const asOf = formatInstant(raw.asOf);
  return {
    type: 'board',
    brand: heading.brand,
    window: raw.window,
    audience: rules.audience,
    epoch: heading.epoch,
    seq: heading.seq,
    asOf,
    k: rules.k,
    demonstration: heading.demonstration,
    measures: releaseMeasures(raw, rules, asOf, shown?.measures),
    breakdowns: releaseTables(raw, rules, asOf, shown?.breakdowns),
    series: releaseSeries(raw, rules, shown?.series),
    top: { objects: releaseObjects(raw, rules, asOf, shown?.top.objects) },
  };
}

function releaseMeasures(raw: RawBoard, rules: Release, asOf: string, shown?: Measures): Measures {
  const part = cellThreshold(rules);
  const measures: Record<DefinitionId, Measure> = {};
  for (const measure of raw.measures) {
    const { definition } = measure;
    const released = releaseMeasure(measure, asOf, isTooNarrow(measure, rules.k));
    measures[definition] = isCoarse(rules) ? coarsen(released, measure, part, shown?.[definition]) : released;
  }
  // The share comes from the released coverage: the exact one would tell the counts it is made of.
  const coverage = measures['coverage@1']?.value ?? null;
  for (const { definition, people } of raw.measures) {
    if (people === null || OF_THE_BRAND.includes(definition)) continue;
    measures[definition] = { ...measures[definition]!, coverage };
  }
  return measures;
}

function releaseTables(raw: RawBoard, rules: Release, asOf: string, shown?: Breakdowns): Breakdowns {
  const k = cellThreshold(rules);
  const tables = bare<Record<string, Measures>>();
  for (const [dimension, cells] of Object.entries(raw.breakdowns)) {
    const before = shown?.[dimension];
    const finish = (measure: Measure, from: RawMeasure, key: string) => {
      const old = before && Object.hasOwn(before, key) ? before[key]?.[from.definition] : undefined;
      return isCoarse(rules) ? coarsen(measure, from, k, old) : measure;
    };
    const table = releaseTable(cells, k, asOf, around(raw, dimension), finish);
    tables[dimension] = isCoarse(rules) && dimension !== 'influence' ? sorted(table) : table;
  }
  return hideUnder(tables, raw, k, asOf);
}

/** By what is shown, the largest first: the true order would tell more than the coarse values. */
function sorted(table: Record<string, Measures>): Record<string, Measures> {
  const size = (cell: Measures) => Object.values<Measure>(cell)[0]?.value ?? -1;
  const cells = Object.entries(table).sort(([a, x], [b, y]) => size(y) - size(x) || (a < b ? -1 : 1));
  const ordered = bare<Measures>();
  for (const [key, cell] of cells) ordered[key] = cell;
  return ordered;
}

/** Fans are in one network and one bin of influence only; of the other tables the whole is known. */
function around(raw: RawBoard, dimension: string): Around {
  if (dimension === 'network' || dimension === 'influence') return {};
  return { whole: raw.people, rest: raw.rests[dimension] };
}

/** The kinds of reaction add up to the kind "reaction": when that is hidden, so are they. */
function hideUnder(
  tables: Record<string, Record<string, Measures>>,
  raw: RawBoard,
  k: number,
  asOf: string,
): Breakdowns {
  const total = tables['kind']?.['reaction']?.['engagements@1'];
  if (k <= 1 || !total?.suppressed) return tables;
  return { ...tables, reaction: releaseTable(raw.breakdowns['reaction'] ?? [], Infinity, asOf) };
}

/** Objects about enough people, and one less when those left out would be too few. */
function releaseObjects(
  raw: RawBoard,
  rules: Release,
  asOf: string,
  shown: readonly TopObject[] = [],
): readonly TopObject[] {
  const k = cellThreshold(rules);
  const listed = raw.objects.filter((cell) => !isHidden(cell.people, k));
  const { count, people } = raw.otherObjects;
  const others = listed.length < raw.objects.length || (count > 0 && people < k);
  if (others && k > 1 && people < k) listed.pop();
  return inOrder(
    listed.map((cell): TopObject => {
      const old = shown.find((object) => object.object === cell.key);
      const letGo = (from: RawMeasure) => {
        const measure = releaseMeasure(from, asOf, false);
        return isCoarse(rules) ? coarsen(measure, from, k, old?.[from.definition]) : measure;
      };
      return { object: cell.key, ...byDefinition(cell, letGo) };
    }),
  );
}

/** The largest first by what is shown. */
function inOrder(objects: readonly TopObject[]): readonly TopObject[] {
  const size = (object: TopObject) => object['engagements@1']?.value ?? 0;
  return [...objects].sort((a, b) => size(b) - size(a) || (a.object < b.object ? -1 : 1));
}

export type { Release } from './release/rules.ts';
export { hiddenCells, isHidden } from './release/hide.ts';
export { releaseMeasure, releaseValue } from './release/measure.ts';
export { releaseTable } from './release/table.ts';
