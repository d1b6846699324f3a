import { bare, type Board, type DefinitionId, type HiddenCells, type Measure } from '@fanfare/contract';
import { linesOf } from './lines.ts';

type Run = readonly [first: number, last: number];

/** Which cells of a board are hidden. */
export function hiddenIn({
  measures,
  breakdowns,
  series,
}: Pick<Board, 'measures' | 'breakdowns' | 'series'>): HiddenCells {
  const keys = bare<string[]>();
  for (const [dimension, cells] of Object.entries(breakdowns)) {
    const hidden = Object.entries(cells).flatMap(([key, cell]) =>
      Object.values<Measure>(cell).some(isHidden) ? [key] : [],
    );
    if (hidden.length > 0) keys[dimension] = hidden;
  }
  const runs: Record<DefinitionId, readonly Run[]> = {};
  for (const [definition, points] of linesOf(series)) {
    const hidden = runsOf(points.map((point) => point === null));
    if (hidden.length > 0) runs[definition] = hidden;
  }
  return {
    measures: Object.values<Measure>(measures).flatMap((measure) =>
      isHidden(measure) ? [measure.definition] : [],
    ),
    breakdowns: keys,
    series: runs,
  };
}

function isHidden(measure: Measure): boolean {
  return measure.suppressed === true;
}

function runsOf(hidden: readonly boolean[]): Run[] {
  const runs: [number, number][] = [];
  hidden.forEach((is, i) => {
    const last = runs.at(-1);
    if (!is) return;
    if (last?.[1] === i - 1) last[1] = i;
    else runs.push([i, i]);
  });
  return runs;
}
