import {
  WINDOWS,
  WINDOW_SHAPES,
  type Board,
  type DefinitionId,
  type Measure,
  type Point,
  type SentimentPoint,
  type WindowName,
} from '@fanfare/contract';
import type { RawBoard, RawMeasure } from '@fanfare/server/domain/raw.ts';
import { stepOf } from '@fanfare/server/domain/release/coarse.ts';
import { Bounds, type Known } from './bounds.ts';

/** A window as it was before and after release; the attacker looks at the former for steps alone. */
export interface Seen {
  readonly raw: RawBoard;
  readonly board: Board;
}
const POLARITIES = ['positive', 'neutral', 'negative'] as const;
const ENGAGEMENTS = 'engagements@1';

/**
 * Everything linear that one who sees all windows of one instant can infer: tables add up to their
 * totals, windows lie in each other, hours are made of minutes, people are no more than their acts.
 * @param fresh values were rounded, not kept from before
 * @param everywhere also hours against minutes, and cells against those of longer windows
 * @returns names of hidden counts that are told exactly
 */
export function infer(seen: readonly Seen[], fresh: boolean, everywhere: boolean): string[] {
  const bounds = new Bounds();
  const totals = new Map<WindowName, number>();
  for (const { raw, board } of seen) totals.set(raw.window, tables(bounds, raw, board, fresh));
  for (const line of ['acts', ...POLARITIES]) series(bounds, seen, line, totals, fresh, everywhere);
  if (everywhere) nested(bounds, seen);
  return bounds.pinned();
}

function tables(bounds: Bounds, raw: RawBoard, board: Board, fresh: boolean): number {
  const w = raw.window;
  const known = knower(board, fresh);
  const total = bounds.name(
    `${w} total`,
    known(board.measures[ENGAGEMENTS], stepAt(raw.measures, ENGAGEMENTS)),
  );
  const people = bounds.name(`${w} people`, known(board.measures['reach.active@1'], 10));
  for (const [dimension, cells] of Object.entries(board.breakdowns)) {
    // An empty table under a known total says only that little can be told.
    if (dimension === 'influence' || Object.keys(cells).length === 0) continue;
    const parts = Object.entries(cells).map(([key, cell]) => {
      const { measures } = raw.breakdowns[dimension]!.find((row) => row.key === key)!;
      const id = dimension === 'reaction' ? 'reactions@1' : ENGAGEMENTS;
      const acts = bounds.name(`${w} ${dimension} ${key}`, known(cell[id], stepAt(measures, id)));
      const fans = bounds.name(`${w} ${dimension} ${key} fans`, known(cell['reach.active@1'], 10));
      bounds.atMost(fans, acts);
      bounds.atMost(fans, people);
      return { acts, fans };
    });
    const open = raw.rests[dimension];
    const rest = open
      ? [bounds.name(`${w} ${dimension} rest`, null, open.people >= (board.audience === 'team' ? 10 : 50))]
      : [];
    bounds.sum(total, [...parts.map((part) => part.acts), ...rest]);
    if (dimension === 'network')
      bounds.sum(
        people,
        parts.map((part) => part.fans),
      );
  }
  const bins = Object.entries(board.breakdowns['influence']!).map(([key, cell]) =>
    bounds.name(`${w} influence ${key}`, known(cell['influence@1'], 10)),
  );
  if (bins.length > 0) bounds.sum(bounds.name(`${w} owners`, heads(board, 'influence.total@1', fresh)), bins);
  const kind = bounds.find(`${w} kind reaction`);
  const reactions = Object.keys(board.breakdowns['reaction']!).map((key) =>
    bounds.find(`${w} reaction ${key}`)!,
  );
  // Every reaction of this crowd names its sort, and the attacker knows.
  if (kind !== undefined && reactions.length > 0) bounds.sum(kind, reactions);
  return total;
}

function heads(board: Board, id: DefinitionId, fresh: boolean): Known {
  const n = board.measures[id]?.n;
  return n === null || n === undefined ? null : around(n, board.audience === 'team' ? 0 : 10, fresh);
}

/** What a released measure tells of its count: a range, or nothing but that it is there. */
function knower(board: Board, fresh: boolean): (measure: Measure | undefined, step: number) => Known {
  return (measure, step) => {
    if (!measure || measure.suppressed || measure.value === null) return null;
    return around(measure.value, board.audience === 'team' ? 0 : step, fresh);
  };
}

/** Step of a count in the public's eyes. */
function stepAt(measures: readonly RawMeasure[], id: DefinitionId): number {
  const { value, people } = measures.find((measure) => measure.definition === id)!;
  return stepOf(value!, people!);
}

function around(value: number, step: number, fresh: boolean): Known {
  if (value === 0 || step === 0) return [value, value];
  return fresh ? [value - step / 2, value + step / 2] : [value - step + 1, value + step - 1];
}

function series(
  bounds: Bounds,
  seen: readonly Seen[],
  line: string,
  totals: ReadonlyMap<WindowName, number>,
  fresh: boolean,
  everywhere: boolean,
): void {
  const id = line === 'acts' ? ENGAGEMENTS : 'sentiment@1';
  const buckets: Record<1 | 60, Map<number, number>> = { 1: new Map(), 60: new Map() };
  const inner = new Map<number, number>();
  for (const { raw, board } of seen) {
    const { grain, buckets: length } = WINDOW_SHAPES[raw.window];
    const first = raw.from / 60_000 / grain;
    const at = raw.lines.find((each) => each.definition === id)!;
    const ids = at.points.flatMap((_, i) => {
      const shown = read(board.series[id]![i]!, line);
      if (shown === 0) return [];
      const name = `${grain}-minute ${first + i} ${line}`;
      const step =
        board.audience === 'team' ? 0 : line === 'acts' ? stepOf(Number(at.points[i]), at.people[i]!) : 10;
      return [bounds.meet(name, shown === null ? null : around(shown, step, fresh), 0)];
    });
    for (const bucket of ids) buckets[grain].set(bounds.bucketOf(bucket), bucket);
    const total = line === 'acts' ? totals.get(raw.window)! : polarity(bounds, board, line, raw, fresh);
    bounds.sum(total, ids);
    // The window within this one and the stretch around it.
    const before = inner.get(grain);
    const within = WINDOWS.findLast(
      (name) => WINDOW_SHAPES[name].grain === grain && WINDOW_SHAPES[name].buckets < length,
    );
    if (before !== undefined && within !== undefined) {
      const from = first + length - WINDOW_SHAPES[within].buckets;
      bounds.sum(total, [before, ...ids.filter((bucket) => bounds.bucketOf(bucket) < from)]);
    }
    inner.set(grain, total);
  }
  if (!everywhere) return;
  const day = seen.find(({ raw }) => raw.window === '24h')!.raw.from / 60_000;
  for (const [hour, id60] of buckets[60]) {
    if (hour * 60 < day) continue;
    bounds.sum(
      id60,
      [...buckets[1]].filter(([at]) => Math.floor(at / 60) === hour).map(([, bucket]) => bucket),
    );
  }
}

function polarity(bounds: Bounds, board: Board, line: string, raw: RawBoard, fresh: boolean): number {
  const measure = board.measures['sentiment@1'];
  const shown = measure?.parts?.[line];
  const { parts, people } = raw.measures.find((each) => each.definition === 'sentiment@1')!;
  const step = board.audience === 'team' ? 0 : stepOf(parts?.[line] ?? 0, people ?? 1);
  return bounds.name(
    `${raw.window} ${line}`,
    shown === undefined ? null : around(shown, step, fresh),
    false,
    0,
  );
}

function read(point: Point, line: string): number | null {
  if (point === null) return null;
  return typeof point === 'number' ? point : point[line as keyof SentimentPoint];
}

/** A cell of a window holds the same cell of every shorter window. */
function nested(bounds: Bounds, seen: readonly Seen[]): void {
  for (let i = 1; i < seen.length; i++) {
    const [inside, around] = [seen[i - 1]!, seen[i]!];
    for (const [dimension, cells] of Object.entries(inside.board.breakdowns)) {
      for (const key of Object.keys(cells)) {
        const of = (window: string) => bounds.find(`${window} ${dimension} ${key}`);
        const [small, large] = [of(inside.raw.window), of(around.raw.window)];
        if (dimension !== 'influence' && small !== undefined && large !== undefined)
          bounds.atMost(small, large);
      }
    }
  }
}
