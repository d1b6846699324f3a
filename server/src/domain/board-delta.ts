import {
  bare,
  emptyPoint,
  type Board,
  type DefinitionId,
  type Delta,
  type Excerpt,
  type ExcerptsDelta,
  type Measure,
  type Measures,
  type Point,
  type Series,
  type SeriesDelta,
  type TopObject,
} from '@fanfare/contract';

/**
 * What changed from one board to the next of the same brand and window: the inverse of `fold`,
 * so that fold(before, diff(before, after)) = after.
 */
export function diff(before: Board, after: Board): Delta {
  const clocks: Clocks = [before.asOf, after.asOf];
  const measures = diffMeasures(before.measures, after.measures, clocks);
  const breakdowns = diffBreakdowns(before, after);
  const series = diffSeries(before.series, after.series);
  const top = sameObjects(before, after) ? null : after.top;
  const excerpts = diffExcerpts(before.excerpts, after.excerpts);
  return {
    type: 'delta',
    brand: after.brand,
    window: after.window,
    epoch: after.epoch,
    seq: after.seq,
    asOf: after.asOf,
    ...(measures ? { measures } : {}),
    ...(breakdowns ? { breakdowns } : {}),
    ...(series ? { series } : {}),
    ...(top ? { top } : {}),
    ...(excerpts ? { excerpts } : {}),
  };
}

/** Does a delta carry anything at all? */
export function isEmpty(delta: Delta): boolean {
  return !delta.measures && !delta.breakdowns && !delta.series && !delta.top && !delta.excerpts;
}

/** Instants of the board before and after: a measure that shares them has none of its own. */
type Clocks = readonly [before: string, after: string];

function diffMeasures(before: Measures, after: Measures, clocks: Clocks): Measures | null {
  const changed: Record<DefinitionId, Measure> = {};
  let any = false;
  for (const [id, measure] of Object.entries(after) as [DefinitionId, Measure][]) {
    if (same(before[id], measure, clocks)) continue;
    changed[id] = measure;
    any = true;
  }
  return any ? changed : null;
}

/** Equal, the instant too unless it only moved with the board. */
function same(a: Measure | undefined, b: Measure, [before, after]: Clocks): boolean {
  if (a && (a.asOf === before ? b.asOf !== after : a.asOf !== b.asOf)) return false;
  if (!a || a.value !== b.value || a.n !== b.n || a.kind !== b.kind) return false;
  if (a.suppressed !== b.suppressed || a.low !== b.low || a.high !== b.high) return false;
  if (a.coverage !== b.coverage) return false;
  if (!a.parts || !b.parts) return a.parts === b.parts;
  const keys = Object.keys(b.parts);
  return keys.length === Object.keys(a.parts).length && keys.every((key) => a.parts![key] === b.parts![key]);
}

function diffBreakdowns(before: Board, after: Board): Delta['breakdowns'] | null {
  const changed = bare<Record<string, Measures | null>>();
  for (const [dimension, cells] of Object.entries(after.breakdowns)) {
    const old = before.breakdowns[dimension] ?? {};
    const part = bare<Measures | null>();
    for (const [key, measures] of Object.entries(cells)) {
      if (!Object.hasOwn(old, key) || diffMeasures(old[key]!, measures, [before.asOf, after.asOf]))
        part[key] = measures;
    }
    for (const key of Object.keys(old)) if (!Object.hasOwn(cells, key)) part[key] = null;
    if (Object.keys(part).length > 0) changed[dimension] = part;
  }
  return Object.keys(changed).length > 0 ? changed : null;
}

function sameObjects(before: Board, after: Board): boolean {
  const [old, now] = [before.top.objects, after.top.objects];
  return (
    old.length === now.length &&
    now.every((object, i) => sameObject(old[i]!, object, [before.asOf, after.asOf]))
  );
}

function sameObject(a: TopObject, b: TopObject, clocks: Clocks): boolean {
  const { object: idA, ...measuresA } = a;
  const { object: idB, ...measuresB } = b;
  return idA === idB && !diffMeasures(measuresA, measuresB, clocks);
}

function diffExcerpts(before: readonly Excerpt[] = [], after: readonly Excerpt[] = []): ExcerptsDelta | null {
  if (before === after) return null;
  const [was, now] = [before, after].map((list) => new Map(list.map((excerpt) => [excerpt.id, excerpt])));
  const gone = before.flatMap(({ id }) => (now!.has(id) ? [] : [id]));
  const added = after.filter((excerpt) => !sameExcerpt(was!.get(excerpt.id), excerpt));
  return gone.length + added.length > 0 ? { gone, added } : null;
}

function sameExcerpt(a: Excerpt | undefined, b: Excerpt): boolean {
  return a?.text === b.text && a.at === b.at && a.label === b.label && a.kind === b.kind;
}

function diffSeries(before: Series, after: Series): SeriesDelta | null {
  const slid = (Date.parse(after.from) - Date.parse(before.from)) / (after.step * 1000);
  const { from, step, ...lines } = after;
  const changed: Record<DefinitionId, Record<number, Point>> = {};
  let any = slid !== 0;
  for (const [id, points] of Object.entries(lines) as [DefinitionId, readonly Point[]][]) {
    const part = diffPoints(before[id] ?? [], points, slid, emptyPoint(id));
    if (!part) continue;
    changed[id] = part;
    any = true;
  }
  return any ? { from, step, ...changed } : null;
}

function diffPoints(
  old: readonly Point[],
  now: readonly Point[],
  slid: number,
  empty: Point,
): Record<number, Point> | null {
  const part: Record<number, Point> = {};
  let any = false;
  for (let i = 0; i < now.length; i++) {
    const was = i + slid < old.length ? old[i + slid]! : empty;
    if (samePoint(was, now[i]!)) continue;
    part[i] = now[i]!;
    any = true;
  }
  return any ? part : null;
}

function samePoint(a: Point, b: Point): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  return a.positive === b.positive && a.neutral === b.neutral && a.negative === b.negative;
}
