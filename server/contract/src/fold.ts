import type { Board, Breakdowns, Point, Series, TopObject } from './board.ts';
import { foldExcerpts } from './excerpt.ts';
import type { Delta, SeriesDelta, SparsePoints } from './delta.ts';
import type { DefinitionId, Measure, Measures } from './measure.ts';

const EMPTY_SENTIMENT = Object.freeze({ positive: 0, neutral: 0, negative: 0 });

/** A record without prototype: keys come from outside, and "__proto__" is a key like any other. */
export function bare<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

/** The empty point of a series: 0, or 0/0/0 for sentiment. */
export function emptyPoint(definition: string): Point {
  return definition.startsWith('sentiment') ? EMPTY_SENTIMENT : 0;
}

/** Does `frame` continue `board` without a gap? If not, the client must ask again. */
export function follows(board: Board, frame: { readonly epoch: string; readonly seq: number }): boolean {
  return frame.epoch === board.epoch && frame.seq === board.seq + 1;
}

/**
 * The one fold: board × frame → board, for browser, wall, snapshot, export and tests.
 * Pure; a `board` frame replaces everything, a `delta` is applied whole. The caller has checked
 * with `follows` that the delta is the next one: this function does not look at `seq`.
 */
export function fold(board: Board, frame: Board | Delta): Board {
  if (frame.type === 'board') return frame;
  const move = mover(board.asOf, frame.asOf);
  const { excerpts: old, ...rest } = board;
  const excerpts = frame.excerpts ? foldExcerpts(old ?? [], frame.excerpts) : old;
  return {
    ...rest,
    seq: frame.seq,
    asOf: frame.asOf,
    measures: { ...moveMeasures(board.measures, move), ...frame.measures },
    breakdowns: foldBreakdowns(board.breakdowns, frame.breakdowns, move),
    series: frame.series ? foldSeries(board.series, frame.series) : board.series,
    top: frame.top ?? { objects: board.top.objects.map((o) => moveObject(o, move)) },
    ...(excerpts && excerpts.length > 0 ? { excerpts } : {}),
  };
}

type Move = (measure: Measure) => Measure;

/** A measure whose instant is the board's moves with the board; one with its own instant stays. */
function mover(from: string, to: string): Move {
  return (measure) => (measure.asOf === from ? { ...measure, asOf: to } : measure);
}

function moveMeasures(measures: Measures, move: Move): Measures {
  const moved: Record<DefinitionId, Measure> = {};
  for (const [id, measure] of Object.entries(measures)) moved[id as DefinitionId] = move(measure);
  return moved;
}

function moveObject(object: TopObject, move: Move): TopObject {
  const { object: id, ...measures } = object;
  return { object: id, ...moveMeasures(measures, move) };
}

function foldBreakdowns(old: Breakdowns, changes: Delta['breakdowns'], move: Move): Breakdowns {
  const next = bare<Record<string, Measures>>();
  for (const [dimension, cells] of Object.entries(old)) {
    const kept = bare<Measures>();
    const changed = changes?.[dimension];
    for (const [key, measures] of Object.entries(cells)) {
      if (!changed || !Object.hasOwn(changed, key)) kept[key] = moveMeasures(measures, move);
    }
    next[dimension] = kept;
  }
  for (const [dimension, cells] of Object.entries(changes ?? {})) {
    const target = (next[dimension] ??= bare<Measures>());
    for (const [key, measures] of Object.entries(cells)) if (measures !== null) target[key] = measures;
  }
  return next;
}

function foldSeries(old: Series, delta: SeriesDelta): Series {
  const { from, step, ...changes } = delta;
  const { from: oldFrom, step: _step, ...lines } = old;
  const slid = Math.round((Date.parse(from) - Date.parse(oldFrom)) / (step * 1000));
  const next: Record<DefinitionId, readonly Point[]> = {};
  for (const [name, points] of Object.entries(lines) as [DefinitionId, readonly Point[]][]) {
    next[name] = foldPoints(points, slid, changes[name], emptyPoint(name));
  }
  return { from, step, ...next };
}

function foldPoints(
  old: readonly Point[],
  slid: number,
  changes: SparsePoints | undefined,
  empty: Point,
): readonly Point[] {
  if (slid === 0 && !changes) return old;
  const shift = Math.min(Math.max(slid, 0), old.length);
  const points = old.slice(shift);
  for (let i = 0; i < shift; i++) points.push(empty);
  for (const [index, point] of Object.entries(changes ?? {})) points[Number(index)] = point;
  return points;
}
