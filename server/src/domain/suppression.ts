import {
  bare,
  formatInstant,
  type Audience,
  type Board,
  type Breakdowns,
  type DefinitionId,
  type Measure,
  type Measures,
  type Point,
  type Series,
  type TopObject,
} from '@fanfare/contract';
import type { RawBoard, RawCell, RawLine, RawMeasure } from './raw.ts';

/** The rules of release for one reader. */
export interface Release {
  readonly audience: Audience;
  /** People below which a number is hidden; 1 switches suppression off. */
  readonly k: number;
}

/** What a board says beside its numbers. */
export type Heading = Pick<Board, 'brand' | 'epoch' | 'seq' | 'demonstration'>;

/** Measures that are not about a share of what happened. */
const OF_THE_BRAND: readonly DefinitionId[] = ['coverage@1', 'consenting@1'];

/**
 * The only way a number leaves the server: every value about fewer than k people (but more than
 * none) is hidden, and where exactly one cell of a table is hidden, the next smallest too, as the
 * total would tell it.
 */
export function release(raw: RawBoard, heading: Heading, rules: Release): Board {
  const asOf = formatInstant(raw.asOf);
  const letGo = (measure: RawMeasure) => releaseValue(measure, rules.k, asOf);
  const measures: Record<DefinitionId, Measure> = {};
  for (const measure of raw.measures) {
    const whole = measure.people === null || OF_THE_BRAND.includes(measure.definition);
    const released = letGo(measure);
    measures[measure.definition] = whole ? released : { ...released, coverage: raw.coverage };
  }
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
    measures,
    breakdowns: releaseTables(raw, rules.k, asOf),
    series: releaseSeries(raw, rules.k),
    top: { objects: raw.objects.flatMap((cell) => releaseObject(cell, rules.k, letGo)) },
  };
}

type LetGo = (measure: RawMeasure) => Measure;

function releaseTables(raw: RawBoard, k: number, asOf: string): Breakdowns {
  const tables = bare<Record<string, Measures>>();
  for (const [dimension, cells] of Object.entries(raw.breakdowns)) {
    tables[dimension] = releaseTable(cells, k, asOf);
  }
  return tables;
}

/**
 * Release one table with a known total, by key: cells about too few people are hidden, and the
 * next smallest where it would be a single one.
 * @param asOf instant of the values, RFC 3339
 */
export function releaseTable(cells: readonly RawCell[], k: number, asOf: string): Record<string, Measures> {
  const hidden = hiddenCells(
    cells.map((cell) => cell.people),
    k,
  );
  const table = bare<Measures>();
  cells.forEach((cell, i) => {
    table[cell.key] = byDefinition(cell, (measure) => releaseMeasure(measure, asOf, hidden[i]!));
  });
  return table;
}

/** Release one value on its own. */
export function releaseValue(measure: RawMeasure, k: number, asOf: string): Measure {
  return releaseMeasure(measure, asOf, isHidden(measure.people, k));
}

function byDefinition(cell: RawCell, letGo: (measure: RawMeasure) => Measure): Measures {
  return Object.fromEntries(cell.measures.map((measure) => [measure.definition, letGo(measure)]));
}

function releaseObject(cell: RawCell, k: number, letGo: LetGo): TopObject[] {
  if (isHidden(cell.people, k)) return [];
  return [{ object: cell.key, ...byDefinition(cell, letGo) }];
}

function releaseSeries(raw: RawBoard, k: number): Series {
  const lines: Record<DefinitionId, readonly Point[]> = {};
  for (const line of raw.lines) lines[line.definition] = releaseLine(line, k);
  return { from: formatInstant(raw.from), step: raw.step, ...lines };
}

function releaseLine(line: RawLine, k: number): readonly Point[] {
  if (k <= 1) return line.points;
  const hidden = hiddenCells(line.people, k);
  return line.points.map((point, i) => (hidden[i] ? null : point));
}

/** Is a number about this many people hidden? Nobody at all is no secret. */
export function isHidden(people: number | null, k: number): boolean {
  return people !== null && people > 0 && people < k;
}

/**
 * Which cells of a table with a known total are hidden: those about fewer than k people, and the
 * smallest other one when there would be exactly one, else subtraction would tell it.
 */
export function hiddenCells(people: readonly number[], k: number): boolean[] {
  const hidden = people.map((count) => isHidden(count, k));
  if (hidden.filter(Boolean).length !== 1) return hidden;
  let next = -1;
  people.forEach((count, i) => {
    if (!hidden[i] && count > 0 && (next < 0 || count < people[next]!)) next = i;
  });
  if (next >= 0) hidden[next] = true;
  return hidden;
}

/** Release one value of which it is known whether it is hidden. @param asOf RFC 3339 */
export function releaseMeasure(raw: RawMeasure, asOf: string, hidden: boolean): Measure {
  const { definition, kind } = raw;
  if (hidden) return { value: null, kind, definition, asOf, n: null, suppressed: true };
  const own = raw.asOf === undefined ? asOf : formatInstant(raw.asOf);
  return {
    value: raw.value === null ? null : round(raw.value),
    kind,
    definition,
    asOf: own,
    n: raw.people,
    ...(raw.low === undefined ? {} : { low: round(raw.low) }),
    ...(raw.high === undefined ? {} : { high: round(raw.high) }),
    ...(raw.parts ? { parts: mapValues(raw.parts, round) } : {}),
  };
}

/** Nine decimals: far below any meaning, far above the noise of floating sums. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Math.round(value * 1e9) / 1e9;
}

function mapValues(
  values: Readonly<Record<string, number>>,
  f: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, f(value)]));
}
