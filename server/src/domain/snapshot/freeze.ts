import {
  SNAPSHOT_FORMAT,
  WINDOW_SHAPES,
  bare,
  formatInstant,
  type Board,
  type BrandBody,
  type DefinitionId,
  type FrozenDefinition,
  type Measure,
  type Measures,
  type Point,
  type Series,
  type Snapshot,
  type TopObject,
} from '@fanfare/contract';
import { DEFINITIONS } from '../definitions.ts';
import { hiddenIn } from './hidden.ts';
import { isDefinitionId, linesOf } from './lines.ts';

/** What a snapshot says beside its board. */
export interface About {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly brand: BrandBody;
}

/**
 * Freeze a board that was released. Every field is taken by name: what a board may carry beside its
 * numbers (somebody's words, a name) never reaches a snapshot.
 */
export function freeze(board: Board, { id, title, createdAt, brand }: About): Snapshot {
  const { slug, name, sector, locale, timeZone, demonstration } = brand;
  const { buckets, grain } = WINDOW_SHAPES[board.window];
  const numbers = {
    measures: measuresOf(board.measures),
    breakdowns: tablesOf(board.breakdowns),
    series: seriesOf(board.series),
    top: { objects: board.top.objects.map(objectOf) },
  };
  return {
    format: SNAPSHOT_FORMAT,
    id,
    title,
    createdAt: formatInstant(createdAt),
    audience: board.audience,
    brand: { slug, name, sector, locale, demonstration },
    window: {
      name: board.window,
      from: board.series.from,
      to: formatInstant(Date.parse(board.series.from) + buckets * grain * 60_000),
      timeZone,
    },
    asOf: board.asOf,
    epoch: board.epoch,
    seq: board.seq,
    k: board.k,
    coverage: numbers.measures['coverage@1']?.value ?? null,
    hidden: hiddenIn(numbers),
    definitions: definitionsOf(numbers),
    ...numbers,
  };
}

type Numbers = Pick<Snapshot, 'measures' | 'breakdowns' | 'series' | 'top'>;

function tablesOf(breakdowns: Board['breakdowns']): Snapshot['breakdowns'] {
  const tables = bare<Record<string, Measures>>();
  for (const [dimension, cells] of Object.entries(breakdowns)) {
    const table = (tables[dimension] = bare<Measures>());
    for (const [key, cell] of Object.entries(cells)) table[key] = measuresOf(cell);
  }
  return tables;
}

function measuresOf(measures: Measures | TopObject): Measures {
  const frozen: Record<DefinitionId, Measure> = {};
  for (const key of Object.keys(measures)) if (isDefinitionId(key)) frozen[key] = measureOf(measures[key]!);
  return frozen;
}

function measureOf({
  value,
  kind,
  definition,
  asOf,
  n,
  coverage,
  suppressed,
  low,
  high,
  parts,
}: Measure): Measure {
  return {
    value,
    kind,
    definition,
    asOf,
    n,
    ...(coverage === undefined ? {} : { coverage }),
    ...(suppressed ? { suppressed } : {}),
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(parts ? { parts: { ...parts } } : {}),
  };
}

function seriesOf(series: Series): Series {
  const lines: Record<DefinitionId, readonly Point[]> = {};
  for (const [definition, points] of linesOf(series)) lines[definition] = points.map(pointOf);
  return { from: series.from, step: series.step, ...lines };
}

function pointOf(point: Point): Point {
  if (point === null || typeof point === 'number') return point;
  const { positive, neutral, negative } = point;
  return { positive, neutral, negative };
}

function objectOf(object: TopObject): TopObject {
  return { object: object.object, ...measuresOf(object) };
}

function definitionsOf({ measures, breakdowns, series, top }: Numbers): FrozenDefinition[] {
  const cells = Object.values(breakdowns).flatMap((table) => Object.values(table));
  const used = new Set([measures, series, ...cells, ...top.objects].flatMap((keyed) => Object.keys(keyed)));
  return DEFINITIONS.filter(({ id }) => used.has(id));
}
